using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The gradient of each weight and how far the step moves it: <c>gradient_norm.NAME</c> is ‖∂f/∂w‖ of the step's batch before clipping, <c>update_ratio.NAME</c> is ‖Δw‖/‖w‖
/// of the step. Weights are matrices and filters; biases and other vectors are left out.</summary>
/// <param name="Every">It reads at step 1 and at every multiple; at least 1.</param>
public sealed record GradientGauge(long Every) : IGauge
{
    public const string NameInStudies = "gradients", Norm = "gradient_norm.", Ratio = "update_ratio.";

    public string Name => NameInStudies;

    public IGaugeRun<T> Start<T>(GaugedTraining<T> training) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Run<T>(training, Every);

    sealed class Run<T> : IGaugeRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly Arena arena = new();
        readonly Executor executor;
        readonly Tensor<T> values, before;
        readonly SquaredNorm<T>[] gradients, changes;
        readonly double[] norms, lengths;
        readonly long every;

        public Run(GaugedTraining<T> training, long every)
        {
            (executor, this.every, values) = (training.Executor, every, training.Parameters.Values);
            before = arena.Allocate<T>(values.Shape);
            var weights = training.Parameters.Slots.Where(slot => slot.Info.Shape.Rank > 1).ToList();
            gradients = [.. weights.Select(slot => new SquaredNorm<T>(slot.Gradient))];
            changes = [.. weights.Select(slot => new SquaredNorm<T>(before.Slice(slot.Start, slot.Info.Shape)))];
            (norms, lengths) = (new double[weights.Count], new double[weights.Count]);
            Metrics = [.. weights.Select(slot => Norm + slot.Name), .. weights.Select(slot => Ratio + slot.Name)];
        }

        public IReadOnlyList<string> Metrics { get; }

        public bool IsDue(long step) => step == 1 || (step > 0 && step % every == 0);

        public void BeforeStep()
        {
            values.Span.CopyTo(before.Span);
            Take(changes, lengths);
        }

        public void AtGradient() => Take(gradients, norms);

        public void Measure(long step, double scheduleFactor, Span<double> read)
        {
            TensorPrimitives.Subtract<T>(values.Span, before.Span, before.Span);
            norms.CopyTo(read);
            Take(changes, norms);
            for (int i = 0; i < norms.Length; i++)
            {
                read[norms.Length + i] = norms[i] / lengths[i];
            }
        }

        public void Dispose() => arena.Dispose();

        void Take(SquaredNorm<T>[] of, double[] into)
        {
            for (int i = 0; i < of.Length; i++)
            {
                into[i] = Math.Sqrt(of[i].Run(executor));
            }
        }
    }
}
