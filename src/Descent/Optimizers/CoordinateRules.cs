using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The formula of a rule that treats every coordinate alike and remembers nothing: from a parameter and its gradient to the new
/// parameter.</summary>
/// <remarks>Mark the method with <see cref="System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining"/>: a call for every
/// vector costs more than most formulas (Adam was 2.6 times slower without).</remarks>
public interface ICoordinateRule<V> where V : struct, IVector<V>
{
    void Apply(ref V p, V g);
}

/// <summary>The same with one state.</summary>
public interface ICoordinateRule1<V> where V : struct, IVector<V>
{
    void Apply(ref V p, V g, ref V s);
}

/// <summary>The same with two states.</summary>
public interface ICoordinateRule2<V> where V : struct, IVector<V>
{
    void Apply(ref V p, V g, ref V s0, ref V s1);
}

/// <summary>The same with three states.</summary>
public interface ICoordinateRule3<V> where V : struct, IVector<V>
{
    void Apply(ref V p, V g, ref V s0, ref V s1, ref V s2);
}

/// <summary>The same with four states.</summary>
public interface ICoordinateRule4<V> where V : struct, IVector<V>
{
    void Apply(ref V p, V g, ref V s0, ref V s1, ref V s2, ref V s3);
}
