using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>256 bits of lanes.</summary>
readonly unsafe struct Lanes256<T>(Vector256<T> value) : IVector<Lanes256<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector256<T> value = value;

    public static int Count => Vector256<T>.Count;

    public static Lanes256<T> operator +(Lanes256<T> x, Lanes256<T> y) => new(x.value + y.value);

    public static Lanes256<T> operator -(Lanes256<T> x, Lanes256<T> y) => new(x.value - y.value);

    public static Lanes256<T> operator *(Lanes256<T> x, Lanes256<T> y) => new(x.value * y.value);

    public static Lanes256<T> operator /(Lanes256<T> x, Lanes256<T> y) => new(x.value / y.value);

    public static Lanes256<T> operator -(Lanes256<T> x) => new(-x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(double value) => new(Vector256.Create(T.CreateTruncating(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(T* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, T* destination) => Vector256.Store(value.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> x) => new(Vector256.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> x) => new(Vector256.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> x, Lanes256<T> y) => new(Vector256.MaxNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> x, Lanes256<T> y) => new(Vector256.MinNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sign(Lanes256<T> x)
    {
        var isPositive = Vector256.GreaterThan(x.value, Vector256<T>.Zero);
        var isNegative = Vector256.LessThan(x.value, Vector256<T>.Zero);
        return new((isPositive & Vector256<T>.One) | (isNegative & -Vector256<T>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> FusedMultiplyAdd(Lanes256<T> x, Lanes256<T> y, Lanes256<T> z) => typeof(T) == typeof(float)
        ? new(Vector256.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector256.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Relu(Lanes256<T> x) => new(Vector256.AndNot(x.value, Vector256.LessThan(x.value, Vector256<T>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereLess(Lanes256<T> x, Lanes256<T> limit, Lanes256<T> below, Lanes256<T> otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.LessThan(x.value, limit.value), below.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WherePositive(Lanes256<T> y, Lanes256<T> dy) => new(Vector256.GreaterThan(y.value, Vector256<T>.Zero) & dy.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> IsAboveOrNaN(Lanes256<T> x, Lanes256<T> y) => new(Vector256.GreaterThan(x.value, y.value) | ~Vector256.Equals(x.value, x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> chosen, Lanes256<T> otherwise) => new(Vector256.ConditionalSelect(mask.value, chosen.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> BroadcastByte(byte value) => new(ByteLanes<T>.Broadcast256(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadBytes(byte* source) => new(ByteLanes<T>.Load256(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Lanes256<T> bytes, byte* destination) => ByteLanes<T>.Store(bytes.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereSameByte(Lanes256<T> bytes, Lanes256<T> other, Lanes256<T> value) => typeof(T) == typeof(float)
        ? new(Vector256.Equals(bytes.value.AsInt32(), other.value.AsInt32()).As<int, T>() & value.value)
        : new(Vector256.Equals(bytes.value.AsInt64(), other.value.AsInt64()).As<long, T>() & value.value);
}
