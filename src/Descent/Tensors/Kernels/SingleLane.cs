using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>One number as a vector of one lane: a kernel's text serves the rest that fills no vector too, with the same bits.</summary>
readonly unsafe struct SingleLane<T>(T value) : IVector<SingleLane<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly T value = value;

    public static int Count => 1;

    public static SingleLane<T> operator +(SingleLane<T> x, SingleLane<T> y) => new(x.value + y.value);

    public static SingleLane<T> operator -(SingleLane<T> x, SingleLane<T> y) => new(x.value - y.value);

    public static SingleLane<T> operator *(SingleLane<T> x, SingleLane<T> y) => new(x.value * y.value);

    public static SingleLane<T> operator /(SingleLane<T> x, SingleLane<T> y) => new(x.value / y.value);

    public static SingleLane<T> operator -(SingleLane<T> x) => new(-x.value);

    public static SingleLane<T> Broadcast(double value) => new(T.CreateTruncating(value));

    public static SingleLane<T> Broadcast(T value) => new(value);

    public static SingleLane<T> Load(T* source) => new(*source);

    public static void Store(SingleLane<T> value, T* destination) => *destination = value.value;

    public static SingleLane<T> Sqrt(SingleLane<T> x) => new(T.Sqrt(x.value));

    public static SingleLane<T> Abs(SingleLane<T> x) => new(T.Abs(x.value));

    public static SingleLane<T> Max(SingleLane<T> x, SingleLane<T> y) => new(T.MaxNative(x.value, y.value));

    public static SingleLane<T> Min(SingleLane<T> x, SingleLane<T> y) => new(T.MinNative(x.value, y.value));

    public static SingleLane<T> Sign(SingleLane<T> x) => new(x.value > T.Zero ? T.One : x.value < T.Zero ? -T.One : T.Zero);

    public static SingleLane<T> FusedMultiplyAdd(SingleLane<T> x, SingleLane<T> y, SingleLane<T> z) =>
        new(T.FusedMultiplyAdd(x.value, y.value, z.value));

    public static SingleLane<T> Relu(SingleLane<T> x) => new(x.value < T.Zero ? T.Zero : x.value);

    public static SingleLane<T> WhereLess(SingleLane<T> x, SingleLane<T> limit, SingleLane<T> below, SingleLane<T> otherwise) =>
        x.value < limit.value ? below : otherwise;

    public static SingleLane<T> WherePositive(SingleLane<T> y, SingleLane<T> dy) => new(y.value > T.Zero ? dy.value : T.Zero);

    public static SingleLane<T> IsAboveOrNaN(SingleLane<T> x, SingleLane<T> y) =>
        new(x.value > y.value || T.IsNaN(x.value) ? T.One : T.Zero);

    public static SingleLane<T> Select(SingleLane<T> mask, SingleLane<T> chosen, SingleLane<T> otherwise) =>
        mask.value == T.Zero ? otherwise : chosen;

    public static SingleLane<T> BroadcastByte(byte value) => typeof(T) == typeof(float)
        ? new(Unsafe.BitCast<int, T>(value))
        : new(Unsafe.BitCast<long, T>(value));

    public static SingleLane<T> LoadBytes(byte* source) => BroadcastByte(*source);

    public static void StoreBytes(SingleLane<T> bytes, byte* destination) => *destination = Byte(bytes);

    public static SingleLane<T> WhereSameByte(SingleLane<T> bytes, SingleLane<T> other, SingleLane<T> value) =>
        Byte(bytes) == Byte(other) ? value : default;

    static byte Byte(SingleLane<T> bytes) => typeof(T) == typeof(float)
        ? (byte)Unsafe.BitCast<T, int>(bytes.value)
        : (byte)Unsafe.BitCast<T, long>(bytes.value);
}
