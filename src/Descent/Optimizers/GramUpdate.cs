using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>S ← β·S + γ·x·xᵀ, or with xᵀ·x for the right side.</summary>
sealed class GramUpdate<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly WorkList gram;
    readonly CoordinateUpdate0<V, T, Rule> update;

    /// <param name="side"><see cref="Transposition.Right"/> for x·xᵀ, <see cref="Transposition.Left"/> for xᵀ·x.</param>
    public GramUpdate(MatrixMemory<V, T> memory, Executor executor, Transposition side, Tensor<T> x, Tensor<T> statistic)
    {
        this.executor = executor;
        gram = new WorkList(executor, memory.Arena);
        var square = memory.Square(statistic.Shape[0]);
        SymmetricProduct.RecordLower(gram, side, x, square);
        gram.Run(SymmetricProduct.Mirror(square));
        update = new(CoordinateChunks.Of(statistic, square));
    }

    public void Run(double kept, double added)
    {
        gram.Run();
        update.Rule = new Rule(V.Broadcast(kept), V.Broadcast(added));
        executor.Run(update.Work);
    }

    readonly struct Rule(V kept, V added) : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = (kept * p) + (added * g);
    }
}
