using System.Runtime.CompilerServices;
using Descent.Data;
using Descent.Layers;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The dead units of each ReLU: <c>dead_units.NAME</c> is the share of a layer's units (neurons, channels of an image) that give zero at every pixel of every one of some
/// training images, in [0, 1]. Such a unit has no gradient there, and no step on these images brings it back.</summary>
/// <remarks>Batch norm goes by its running statistics, and nothing is dropped.</remarks>
/// <param name="Every">It reads before the first step and after every so many; at least 1.</param>
/// <param name="First">The first of the images, counted in file order from 0 in what is trained on.</param>
/// <param name="Last">The last of them.</param>
public sealed record ActivationGauge(long Every, int First, int Last) : IGauge
{
    public const string NameInStudies = "activations", Dead = "dead_units.";

    public string Name => NameInStudies;

    /// <inheritdoc/>
    /// <exception cref="BadInputException">The model has no ReLU.</exception>
    public IGaugeRun<T> Start<T>(GaugedTraining<T> training) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new Run<T>(this, training);

    sealed class Run<T> : IGaugeRun<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        readonly long every;
        readonly DataPart part;
        readonly ActivationGraph<T> graph;
        readonly List<(ActivationPass<T> Pass, T[] Largest)> layers;
        readonly int batchSize;

        public Run(ActivationGauge gauge, GaugedTraining<T> training)
        {
            (every, part) = (gauge.Every, training.Data.Train.Range(gauge.First, gauge.Last));
            var model = training.Settings.Model;
            batchSize = Math.Min(part.Count, EvaluationBatch.Largest(model, Unsafe.SizeOf<T>(), EvaluationBatch.AnalysisBytes));
            graph = new ActivationGraph<T>(training.Executor, model, training.Parameters, training.Data.Normalization, batchSize,
                new StepGraphOptions { IsExact = training.Settings.IsExact, Mode = Mode.Evaluation });
            layers = [.. graph.Passes.Where(pass => pass.IsRelu).Select(pass => (pass, new T[pass.Units]))];
            if (layers.Count == 0)
            {
                graph.Dispose();
                throw new BadInputException($"gauges: {NameInStudies}: the model has no ReLU, whose units could be dead.");
            }

            Metrics = [.. layers.Select(layer => Dead + layer.Pass.Layer.Name)];
        }

        public IReadOnlyList<string> Metrics { get; }

        public bool IsDue(long step) => step % every == 0;

        public void Measure(long step, double scheduleFactor, Span<double> values)
        {
            layers.ForEach(layer => layer.Largest.AsSpan().Clear());
            // The last batch begins earlier where images are left over: to look at one twice changes no largest value.
            for (int first = 0; first < part.Count; first += batchSize)
            {
                int start = Math.Min(first, part.Count - batchSize);
                graph.Run(part.Images, part.Indices.Slice(start, batchSize));
                layers.ForEach(Take);
            }

            for (int i = 0; i < layers.Count; i++)
            {
                values[i] = layers[i].Largest.AsSpan().Count(T.Zero) / (double)layers[i].Largest.Length;
            }
        }

        public void Dispose() => graph.Dispose();

        static void Take((ActivationPass<T> Pass, T[] Largest) layer)
        {
            var output = layer.Pass.Output.Span;
            for (int at = 0; at < output.Length; at += layer.Largest.Length)
            {
                TensorPrimitives.Max<T>(output.Slice(at, layer.Largest.Length), layer.Largest, layer.Largest);
            }
        }
    }
}
