using System.Numerics;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

/// <summary>Bytes and masks in the lanes of vectors of every width, also of those that this processor would not choose.</summary>
public class ByteLaneTests
{
    public static TheoryData<int> Widths => [0, 128, 256, 512];

    [Theory]
    [MemberData(nameof(Widths))]
    public void BytesGoThroughLanesUnchanged(int bits)
    {
        Check<float>(bits);
        Check<double>(bits);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void TheLargerOrNaNIsSelected(int bits)
    {
        CheckSelection<float>(bits);
        CheckSelection<double>(bits);
    }

    static void Check<T>(int bits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Bytes<T>();
        Run<T, Bytes<T>>(bits, ref action);
        Assert.Equal(action.Source, action.Stored);
        Assert.Equal(action.Source.Select(value => value == 200 ? T.CreateTruncating(-3) : T.Zero), action.Selected);
    }

    static void CheckSelection<T>(int bits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T nan = T.NaN, two = T.CreateTruncating(2), infinity = T.NegativeInfinity;
        foreach (var (x, y, isX) in ((T, T, bool)[])
            [(two, T.One, true), (T.One, two, false), (two, two, false), (nan, two, true), (two, nan, false), (nan, nan, true), (T.Zero, infinity, true), (infinity, infinity, false)])
        {
            var action = new Selection<T>(x, y);
            Run<T, Selection<T>>(bits, ref action);
            Assert.All(action.Result!, value => Assert.Equal(isX ? T.One : T.Zero, value));
        }
    }

    /// <summary>Width 0 stands for a single lane.</summary>
    static void Run<T, TAction>(int bits, ref TAction action) where T : unmanaged, IBinaryFloatingPointIeee754<T> where TAction : IVectorAction<T>
    {
        if (bits == 0)
        {
            action.Run<SingleLane<T>>();
        }
        else
        {
            VectorWidth.Run<T, TAction>(bits, ref action);
        }
    }

    unsafe struct Bytes<T> : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public byte[] Source { get; private set; }

        public byte[] Stored { get; private set; }

        public T[] Selected { get; private set; }

        public void Run<V>() where V : struct, IVector<V, T>
        {
            (Source, Stored, Selected) = ([.. Enumerable.Range(0, V.Count).Select(i => (byte)(200 + (i * 37)))], new byte[V.Count], new T[V.Count]);
            fixed (byte* from = Source, to = Stored)
            {
                fixed (T* selected = Selected)
                {
                    V.StoreBytes(V.LoadBytes(from), to);
                    V.Store(V.WhereSameByte(V.LoadBytes(from), V.BroadcastByte(200), V.Broadcast(-3.0)), selected);
                }
            }
        }
    }

    unsafe struct Selection<T>(T x, T y) : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T[]? Result { get; private set; }

        public void Run<V>() where V : struct, IVector<V, T>
        {
            Result = new T[V.Count];
            fixed (T* result = Result)
            {
                V.Store(V.Select(V.IsAboveOrNaN(V.Broadcast(x), V.Broadcast(y)), V.Broadcast(1.0), V.Broadcast(0.0)), result);
            }
        }
    }
}
