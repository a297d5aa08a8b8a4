using System.Diagnostics;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;
using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Benchmarks.Optimizers;

/// <summary>Gradients of Σ c·θ²/2 with c between 0.01 and 100, for the cost of rules that ask for more than one a step: what an evaluation itself takes is not theirs.</summary>
sealed class GivenGradients(Parameters<float> parameters) : IGradientSource<float>
{
    readonly float[] curvature = Curvature(parameters.Count);
    readonly Stopwatch clock = new();

    /// <summary>Spent here so far.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    public GradientEvaluation Evaluate()
    {
        clock.Start();
        TensorPrimitives.Multiply(parameters.Values.Span, curvature, parameters.Gradients.Span);
        float loss = TensorPrimitives.Dot<float>(parameters.Values.Span, parameters.Gradients.Span) / 2;
        clock.Stop();
        return new(loss);
    }

    public void MultiplyByHessian(Tensor<float> direction, Tensor<float> product)
    {
        clock.Start();
        TensorPrimitives.Multiply(direction.Span, curvature, product.Span);
        clock.Stop();
    }

    static float[] Curvature(int count)
    {
        var stream = new RandomStream(0, StreamPurpose.Probe, 0);
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)Math.Pow(10, (4 * stream.NextDouble()) - 2);
        }

        return values;
    }
}
