using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Noise in the gradients of a test problem, as batches have it.</summary>
/// <param name="Deviation">σ of each coordinate, gradient units; zero or positive.</param>
/// <param name="Seed">Keys the numbers, so that every rule sees the same noise.</param>
public sealed record GradientNoise(double Deviation, ulong Seed)
{
    /// <summary>The problem with the loss f(w) + σ·ξₜ·w in place of f(w), ξₜ standard normal and another one at each step: its gradient is that
    /// of f with noise, and within a step it is one function, as the loss of a batch is.</summary>
    public TestProblem In(TestProblem problem) => problem with
    {
        Evaluate = (w, t, gradient) =>
        {
            double loss = problem.Evaluate(w, t, gradient);
            var stream = new RandomStream(Seed, StreamPurpose.Noise, (ulong)t);
            for (int k = 0; k < w.Length; k++)
            {
                double noise = Deviation * stream.NextNormal();
                gradient[k] += noise;
                loss += noise * w[k];
            }

            return loss;
        },
    };
}
