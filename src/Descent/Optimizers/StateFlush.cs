using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Sets states below the smallest normal number to zero, every so many steps.</summary>
/// <remarks>Where a gradient stays exactly zero, a mean decays into the subnormal numbers and rounding keeps it there for good: 0.9 of the
/// fourth smallest number is the fourth again. Arithmetic with them is slow (Adam over a million such states took 1.3 times as long), and
/// managed code cannot make the processor flush them. A pass of its own now and then costs nothing; in every step it would cost a
/// twentieth. Numbers in the normal range keep their bits.</remarks>
sealed class StateFlush<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Period = 256;

    readonly Executor executor;
    readonly CoordinateUpdate0<V, T, Rule>[] passes;

    public StateFlush(Executor executor, IEnumerable<Tensor<T>> states)
    {
        var smallest = typeof(T) == typeof(float) ? V.Broadcast(1.17549435e-38) : V.Broadcast(2.2250738585072014e-308);
        this.executor = executor;
        passes = [.. states.Select(x => new CoordinateUpdate0<V, T, Rule>(CoordinateChunks.Of(x, x)) { Rule = new Rule(smallest) })];
    }

    /// <summary>Called after each step. Which steps have a pass depends on their number alone, so a resumed run has the same.</summary>
    /// <param name="steps">Taken so far.</param>
    public void After(long steps)
    {
        if (steps % Period == 0)
        {
            foreach (var pass in passes)
            {
                executor.Run(pass.Work);
            }
        }
    }

    readonly struct Rule(V smallest) : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = V.WhereLess(V.Abs(p), smallest, V.Broadcast(T.Zero), p);
    }
}
