using Descent.Autodiff;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The outputs of all passes of a model over batches of one size, gathered batch by batch.</summary>
sealed class ActivationGraph<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly Tape<T> tape;
    readonly BatchInput<T> input;
    readonly List<Gathered> passes;

    public ActivationGraph(Executor executor, Model model, Parameters<T> parameters, Normalization normalization, int batchSize, StepGraphOptions options)
    {
        this.executor = executor;
        tape = new Tape<T>(executor) { IsExact = options.IsExact };
        input = new BatchInput<T>(tape, model, batchSize, normalization);
        passes = [.. model.Passes(tape, parameters, input.Images, options.Mode, options.Position).Select(pass => new Gathered(pass.Layer, pass.Kind, pass.Output))];
    }

    public void Take(LabeledImages images, ReadOnlySpan<int> batch)
    {
        input.Load(executor, images, batch);
        tape.Replay();
        passes.ForEach(pass => pass.Take());
    }

    public IReadOnlyList<ActivationFlow> Told() => [.. passes.Select(pass => pass.Told())];

    public void Dispose() => tape.Dispose();

    sealed class Gathered(LayerDescription layer, string kind, Tensor<T> output)
    {
        readonly bool[] isAlive = new bool[layer.Output[layer.Output.Rank - 1]];
        readonly Histogram values = GradientFlowRun.Activations();
        double sum, squares;
        long count, zeros;

        public void Take()
        {
            var span = output.Span;
            for (int i = 0; i < span.Length; i++)
            {
                double value = double.CreateTruncating(span[i]);
                sum += value;
                squares += value * value;
                values.Add(value);
                if (value == 0)
                {
                    zeros++;
                }
                else
                {
                    isAlive[i % isAlive.Length] = true;
                }
            }

            count += span.Length;
        }

        public ActivationFlow Told()
        {
            double mean = sum / count;
            double? dead = kind.Contains("relu", StringComparison.Ordinal) ? isAlive.Count(x => !x) / (double)isAlive.Length : null;
            return new(layer.Name, kind, mean, Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))), (double)zeros / count, dead, values);
        }
    }
}
