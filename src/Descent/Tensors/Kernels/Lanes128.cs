using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>128 bits of lanes.</summary>
readonly unsafe struct Lanes128<T>(Vector128<T> value) : IVector<Lanes128<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector128<T> value = value;

    public static int Count => Vector128<T>.Count;

    public static Lanes128<T> operator +(Lanes128<T> x, Lanes128<T> y) => new(x.value + y.value);

    public static Lanes128<T> operator -(Lanes128<T> x, Lanes128<T> y) => new(x.value - y.value);

    public static Lanes128<T> operator *(Lanes128<T> x, Lanes128<T> y) => new(x.value * y.value);

    public static Lanes128<T> operator /(Lanes128<T> x, Lanes128<T> y) => new(x.value / y.value);

    public static Lanes128<T> operator -(Lanes128<T> x) => new(-x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(double value) => new(Vector128.Create(T.CreateTruncating(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(T* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> value, T* destination) => Vector128.Store(value.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> x) => new(Vector128.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> x) => new(Vector128.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> x, Lanes128<T> y) => new(Vector128.MaxNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> x, Lanes128<T> y) => new(Vector128.MinNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sign(Lanes128<T> x)
    {
        var isPositive = Vector128.GreaterThan(x.value, Vector128<T>.Zero);
        var isNegative = Vector128.LessThan(x.value, Vector128<T>.Zero);
        return new((isPositive & Vector128<T>.One) | (isNegative & -Vector128<T>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> FusedMultiplyAdd(Lanes128<T> x, Lanes128<T> y, Lanes128<T> z) => typeof(T) == typeof(float)
        ? new(Vector128.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector128.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Relu(Lanes128<T> x) => new(Vector128.AndNot(x.value, Vector128.LessThan(x.value, Vector128<T>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereLess(Lanes128<T> x, Lanes128<T> limit, Lanes128<T> below, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(x.value, limit.value), below.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WherePositive(Lanes128<T> y, Lanes128<T> dy) => new(Vector128.GreaterThan(y.value, Vector128<T>.Zero) & dy.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> IsAboveOrNaN(Lanes128<T> x, Lanes128<T> y) => new(Vector128.GreaterThan(x.value, y.value) | ~Vector128.Equals(x.value, x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> chosen, Lanes128<T> otherwise) => new(Vector128.ConditionalSelect(mask.value, chosen.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> BroadcastByte(byte value) => new(ByteLanes<T>.Broadcast128(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadBytes(byte* source) => new(ByteLanes<T>.Load128(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Lanes128<T> bytes, byte* destination) => ByteLanes<T>.Store(bytes.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereSameByte(Lanes128<T> bytes, Lanes128<T> other, Lanes128<T> value) => typeof(T) == typeof(float)
        ? new(Vector128.Equals(bytes.value.AsInt32(), other.value.AsInt32()).As<int, T>() & value.value)
        : new(Vector128.Equals(bytes.value.AsInt64(), other.value.AsInt64()).As<long, T>() & value.value);
}
