using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The arithmetic of a step of <see cref="Adafactor"/>: parameters one after another, each in bands of rows.</summary>
sealed class AdafactorStep<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly AdafactorMatrix<T>[] matrices;
    readonly ParameterSpace<T> space;
    readonly ParameterVector<T> update;
    readonly double[] norms, updateNorms;
    readonly Adafactor rule;
    readonly Executor executor;

    public AdafactorStep(Adafactor rule, IReadOnlyList<StepParameter<T>> parameters, Executor executor)
    {
        (this.rule, this.executor) = (rule, executor);
        space = new ParameterSpace<T>(parameters, executor);
        var vector = space.Allocate(arena);
        update = vector;
        matrices = [.. parameters.Select((x, i) => new AdafactorMatrix<T>(rule, x, vector.Parts[i]))];
        (norms, updateNorms) = (new double[matrices.Length], new double[matrices.Length]);
    }

    public void Run(double beta, double rate, double gradientScale)
    {
        foreach (var matrix in matrices)
        {
            matrix.Divide(executor, beta, gradientScale);
        }

        space.Norms(space.Values, norms);
        space.Norms(update, updateNorms);
        for (int i = 0; i < matrices.Length; i++)
        {
            double root = Math.Sqrt(update.Parts[i].Count), alpha = rule.ScaleParameter ? rate * Math.Max(rule.EpsilonScale, norms[i] / root) : rate;
            matrices[i].Move(executor, alpha, alpha / Math.Max(1, updateNorms[i] / root / rule.ClipThreshold));
        }
    }

    public void Dispose() => arena.Dispose();
}
