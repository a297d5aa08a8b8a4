using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>512 bits of lanes.</summary>
readonly unsafe struct Lanes512<T>(Vector512<T> value) : IVector<Lanes512<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Vector512<T> value = value;

    public static int Count => Vector512<T>.Count;

    public static Lanes512<T> operator +(Lanes512<T> x, Lanes512<T> y) => new(x.value + y.value);

    public static Lanes512<T> operator -(Lanes512<T> x, Lanes512<T> y) => new(x.value - y.value);

    public static Lanes512<T> operator *(Lanes512<T> x, Lanes512<T> y) => new(x.value * y.value);

    public static Lanes512<T> operator /(Lanes512<T> x, Lanes512<T> y) => new(x.value / y.value);

    public static Lanes512<T> operator -(Lanes512<T> x) => new(-x.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(double value) => new(Vector512.Create(T.CreateTruncating(value)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(T* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, T* destination) => Vector512.Store(value.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> x) => new(Vector512.Sqrt(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> x) => new(Vector512.Abs(x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> x, Lanes512<T> y) => new(Vector512.MaxNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> x, Lanes512<T> y) => new(Vector512.MinNative(x.value, y.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sign(Lanes512<T> x)
    {
        var isPositive = Vector512.GreaterThan(x.value, Vector512<T>.Zero);
        var isNegative = Vector512.LessThan(x.value, Vector512<T>.Zero);
        return new((isPositive & Vector512<T>.One) | (isNegative & -Vector512<T>.One));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> FusedMultiplyAdd(Lanes512<T> x, Lanes512<T> y, Lanes512<T> z) => typeof(T) == typeof(float)
        ? new(Vector512.FusedMultiplyAdd(x.value.AsSingle(), y.value.AsSingle(), z.value.AsSingle()).As<float, T>())
        : new(Vector512.FusedMultiplyAdd(x.value.AsDouble(), y.value.AsDouble(), z.value.AsDouble()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Relu(Lanes512<T> x) => new(Vector512.AndNot(x.value, Vector512.LessThan(x.value, Vector512<T>.Zero)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WhereLess(Lanes512<T> x, Lanes512<T> limit, Lanes512<T> below, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(x.value, limit.value), below.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WherePositive(Lanes512<T> y, Lanes512<T> dy) => new(Vector512.GreaterThan(y.value, Vector512<T>.Zero) & dy.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> IsAboveOrNaN(Lanes512<T> x, Lanes512<T> y) => new(Vector512.GreaterThan(x.value, y.value) | ~Vector512.Equals(x.value, x.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> chosen, Lanes512<T> otherwise) => new(Vector512.ConditionalSelect(mask.value, chosen.value, otherwise.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> BroadcastByte(byte value) => new(ByteLanes<T>.Broadcast512(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadBytes(byte* source) => new(ByteLanes<T>.Load512(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreBytes(Lanes512<T> bytes, byte* destination) => ByteLanes<T>.Store(bytes.value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WhereSameByte(Lanes512<T> bytes, Lanes512<T> other, Lanes512<T> value) => typeof(T) == typeof(float)
        ? new(Vector512.Equals(bytes.value.AsInt32(), other.value.AsInt32()).As<int, T>() & value.value)
        : new(Vector512.Equals(bytes.value.AsInt64(), other.value.AsInt64()).As<long, T>() & value.value);
}
