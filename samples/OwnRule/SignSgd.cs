using Descent;
using Descent.Optimizers;
using Descent.Tensors.Kernels;

[Optimizer("signsgd", Source = "arXiv:1802.04434")]
public sealed record SignSgd([Positive] double LearningRate = 1e-3) : IOptimizer
{
    public IReadOnlyList<string> States => [];
    public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        step.Update(new Rule<V>(V.Broadcast(LearningRate * step.ScheduleFactor)));
    readonly struct Rule<V>(V rate) : ICoordinateRule<V> where V : struct, IVector<V>
    {
        public void Apply(ref V p, V g) => p -= rate * V.Sign(g);
    }
}
