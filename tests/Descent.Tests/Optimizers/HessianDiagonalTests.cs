using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Tests.Optimizers;

/// <summary>Hutchinson's estimate, where no exact diagonal is known.</summary>
public class HessianDiagonalTests
{
    /// <summary>The bits of one stream in their order, a set bit for −1, on however many threads; over several chunks, and an end within a byte.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void DirectionsAreTheBitsOfTheStepsStream(int threads)
    {
        const int Count = (3 << 14) + 45;
        using var work = new OptimizerAtWork<float>(new SophiaH(Interval: 1), [Count], threads).Start(1);
        var source = new DiagonalHessian();
        work.Run.GradientSource = source;

        _ = work.Steps(2, 1);

        Assert.Equal(2, source.Directions.Count);
        Assert.All(source.Directions.Index(), x =>
        {
            var stream = new RandomStream(7, StreamPurpose.Probe, (ulong)x.Index);
            uint[] words = [.. Enumerable.Range(0, (Count + 31) / 32).Select(_ => stream.NextUInt32())];
            Assert.Equal(Enumerable.Range(0, Count).Select(k => (words[k / 32] >> (k % 32) & 1) == 0 ? 1f : -1f), x.Item);
        });
    }

    /// <summary>z ⊙ H·z is the diagonal itself where H has no other elements; of a filter its magnitudes are averaged over the places: after one step
    /// v = (1 − β₂)·D².</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void OfADiagonalHessianTheEstimateIsExactAndAveragedOverPlaces(int threads)
    {
        ParameterInfo[] infos = [new("conv", new(70, 3, 3, 64), ParameterTraits.Weight), new("fc", new(50, 700), ParameterTraits.Weight)];
        using var work = new OptimizerAtWork<double>(new AdaHessian(Beta2: 0.75), infos, threads).Start(1);
        work.Run.GradientSource = new DiagonalHessian();

        _ = work.Steps(1, 1);

        double[] squares = [.. work.Run.State("exp_hessian_diag_sq").Span];
        const int Places = 9, Channels = 64, Filters = 70 * Places * Channels;
        for (int k = 0; k < squares.Length; k++)
        {
            int first = (k / (Places * Channels) * Places * Channels) + (k % Channels);
            double diagonal = k >= Filters ? DiagonalHessian.Element(k)
                : Enumerable.Range(0, Places).Average(place => Math.Abs(DiagonalHessian.Element(first + (place * Channels))));
            Assert.Equal(0.25 * diagonal * diagonal, squares[k], 1e-14);
        }
    }

    sealed class DiagonalHessian : IGradientSource<float>, IGradientSource<double>
    {
        public List<float[]> Directions { get; } = [];

        public static double Element(int k) => Math.Sin(1 + k);

        public GradientEvaluation Evaluate() => throw new NotSupportedException();

        public void MultiplyByHessian(Tensor<float> direction, Tensor<float> product)
        {
            Directions.Add(direction.Span.ToArray());
            direction.Span.CopyTo(product.Span);
        }

        public void MultiplyByHessian(Tensor<double> direction, Tensor<double> product)
        {
            for (int k = 0; k < product.Count; k++)
            {
                product.Span[k] = Element(k) * direction.Span[k];
            }
        }
    }
}
