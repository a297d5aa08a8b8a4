using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>Adafactor: a second moment of which a matrix keeps row and column means alone, with steps relative to the parameter's size.</summary>
/// <remarks><para>β = 1 − t^−γ;  r ← β·r + (1−β)·(row means of g² + ε₁);  c ← β·c + (1−β)·(column means);  u = g/√(r·cᵀ/mean r), for others
/// u = g/√v with v ← β·v + (1−β)·(g² + ε₁);  u ← u/max(1, RMS(u)/d);  θ ← θ − α·λ·θ − α·u, with
/// α = min(η, 1/√t)·max(ε₂, RMS(θ)).</para>
/// <para>Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost", ICML 2018, algorithms 4 and 5.</para>
/// <para>A filter is factored as a matrix with one row for each output. With β₁ above 0 a mean of α·u takes the place of α·u.</para>
/// <para>Differs between libraries: PyTorch bounds the root from below by its own ε₁ instead of adding ε₁ to g², and factors the last two axes
/// of a filter; timm and fairseq leave RMS(θ) and 1/√t out where a learning rate is given (scale_parameter=false relative_step=false); timm
/// factors from 16 rows and columns on, optax from 128.</para></remarks>
/// <param name="LearningRate">η, the largest relative step; without scale_parameter and relative_step α itself.</param>
/// <param name="Beta1">β₁, kept fraction of the mean update; above zero it needs a state as long as the parameters.</param>
/// <param name="DecayExponent">γ, how fast the second moment slows down.</param>
/// <param name="ClipThreshold">d, largest root mean square of an update.</param>
/// <param name="RelativeStep">Whether α falls like 1/√t once that is below η.</param>
/// <param name="ScaleParameter">Whether α is multiplied by max(ε₂, RMS(θ)).</param>
/// <param name="Epsilon">ε₁, squared gradient units, added to g².</param>
/// <param name="EpsilonScale">ε₂, the least size of a parameter.</param>
/// <param name="WeightDecay">λ, fraction of θ removed per unit of α.</param>
/// <param name="SmallestFactored">Fewest rows and columns of a matrix that is factored.</param>
[Optimizer("adafactor", Source = "arXiv:1804.04235", Kind = RuleKind.MatrixWise)]
public sealed record Adafactor(
    [Positive] double LearningRate = 1e-2, [Fraction] double Beta1 = 0, [Positive] double DecayExponent = 0.8, [Positive] double ClipThreshold = 1,
    bool RelativeStep = true, bool ScaleParameter = true, [Positive] double Epsilon = 1e-30, [Positive] double EpsilonScale = 1e-3,
    [NonNegative] double WeightDecay = 0, [Whole(2)] double SmallestFactored = 2) : IOptimizer
{
    public IReadOnlyList<string> States =>
        Beta1 > 0 ? ["exp_avg_sq_row", "exp_avg_sq_col", "exp_avg_sq", "exp_avg"] : ["exp_avg_sq_row", "exp_avg_sq_col", "exp_avg_sq"];

    public IEnumerable<StateInfo> StatesOf(ParameterInfo parameter)
    {
        StateInfo[] moments = IsFactored(parameter)
            ? [new("exp_avg_sq_row", new Shape(parameter.Shape[0])), new("exp_avg_sq_col", new Shape(parameter.Shape.Count / parameter.Shape[0]))]
            : [new("exp_avg_sq", parameter.Shape)];
        return Beta1 > 0 ? [.. moments, new("exp_avg", parameter.Shape)] : moments;
    }

    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double beta = 1 - Math.Pow(step.Number, -DecayExponent);
        double rate = (RelativeStep ? Math.Min(LearningRate, 1 / Math.Sqrt(step.Number)) : LearningRate) * step.ScheduleFactor;
        var plan = step.Plan(this, static (rule, x) => new AdafactorStep<T>(rule, x.Parameters, x.Executor));
        plan.Run(beta, rate, step.GradientScale);
    }

    internal bool IsFactored(ParameterInfo parameter) => parameter.Shape.Rank > 1
        && Math.Min(parameter.Shape[0], parameter.Shape.Count / parameter.Shape[0]) >= SmallestFactored;
}
