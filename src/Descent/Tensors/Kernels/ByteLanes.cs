using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>Bytes as whole numbers in the lanes of vectors of T, and back: bit patterns, not numbers of type T.</summary>
static unsafe class ByteLanes<T> where T : unmanaged
{
    static bool IsSingle => sizeof(T) == sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast128(byte value) =>
        IsSingle ? Vector128.Create((uint)value).As<uint, T>() : Vector128.Create((ulong)value).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast256(byte value) =>
        IsSingle ? Vector256.Create((uint)value).As<uint, T>() : Vector256.Create((ulong)value).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast512(byte value) =>
        IsSingle ? Vector512.Create((uint)value).As<uint, T>() : Vector512.Create((ulong)value).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load128(byte* source)
    {
        if (IsSingle)
        {
            return Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)source).AsByte())).As<uint, T>();
        }

        var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ushort*)source).AsByte());
        return Vector128.WidenLower(Vector128.WidenLower(words)).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load256(byte* source)
    {
        if (IsSingle)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte());
            return Vector256.WidenLower(words.ToVector256Unsafe()).As<uint, T>();
        }

        var doubleWords = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(uint*)source).AsByte()));
        return Vector256.WidenLower(doubleWords.ToVector256Unsafe()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load512(byte* source)
    {
        if (IsSingle)
        {
            var words = Vector256.WidenLower(Vector128.Load(source).ToVector256Unsafe());
            return Vector512.WidenLower(words.ToVector512Unsafe()).As<uint, T>();
        }

        var few = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte());
        return Vector512.WidenLower(Vector256.WidenLower(few.ToVector256Unsafe()).ToVector512Unsafe()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> value, byte* destination)
    {
        if (IsSingle)
        {
            *(uint*)destination = Narrow(value.As<T, uint>()).AsUInt32().ToScalar();
            return;
        }

        var lanes = value.As<T, ulong>();
        *(ushort*)destination = Narrow(Vector128.Narrow(lanes, lanes)).AsUInt16().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> value, byte* destination)
    {
        if (IsSingle)
        {
            var lanes = value.As<T, uint>();
            var words = Vector128.Narrow(lanes.GetLower(), lanes.GetUpper());
            *(ulong*)destination = Vector128.Narrow(words, words).AsUInt64().ToScalar();
            return;
        }

        var wide = value.As<T, ulong>();
        *(uint*)destination = Narrow(Vector128.Narrow(wide.GetLower(), wide.GetUpper())).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> value, byte* destination)
    {
        if (IsSingle)
        {
            var lanes = value.As<T, uint>();
            var words = Vector256.Narrow(lanes.GetLower(), lanes.GetUpper());
            Vector128.Store(Vector128.Narrow(words.GetLower(), words.GetUpper()), destination);
            return;
        }

        var wide = value.As<T, ulong>();
        var doubleWords = Vector256.Narrow(wide.GetLower(), wide.GetUpper());
        var few = Vector128.Narrow(doubleWords.GetLower(), doubleWords.GetUpper());
        *(ulong*)destination = Vector128.Narrow(few, few).AsUInt64().ToScalar();
    }

    static Vector128<byte> Narrow(Vector128<uint> value)
    {
        var words = Vector128.Narrow(value, value);
        return Vector128.Narrow(words, words);
    }
}
