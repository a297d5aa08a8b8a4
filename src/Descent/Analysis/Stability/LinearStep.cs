using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>A rule's step on the loss h·θ²/2 as a matrix: what it does to θ and to what it remembers of θ, found by taking the step from each of them.</summary>
/// <remarks>Adaptive rules divide by the root of a second moment, which makes a step nonlinear. Their second moment is held at 1 here, and h then counts in units of that
/// root: h/√v. Steps are taken late, so that corrections of the start have passed.</remarks>
static class LinearStep
{
    const long Late = 1_000_000_000_000_000;
    const double Tolerance = 1e-6;

    /// <summary>Whether the rule divides by a second moment, which is then held.</summary>
    public static bool HoldsSecondMoment(IOptimizer optimizer) => HeldMoments.Of(optimizer).Count > 0;

    /// <summary>The largest |eigenvalue| of the step: below 1 the rule converges on this quadratic, above it flies off.</summary>
    /// <param name="rateTimesCurvature">η·h, with h/√v for h where a second moment is held.</param>
    /// <exception cref="BadInputException">The step is no linear map.</exception>
    public static double SpectralRadius(IOptimizer optimizer, double rateTimesCurvature) => SpectralRadius(Matrix(optimizer, rateTimesCurvature));

    /// <exception cref="BadInputException">The step is no linear map.</exception>
    public static double[,] Matrix(IOptimizer optimizer, double rateTimesCurvature)
    {
        using var step = new Step(Held(optimizer), rateTimesCurvature / optimizer.LearningRate);
        // Short enough that gradients stay below a moment of 1 where the larger of the two is kept.
        double unit = step.Unit;
        int size = step.Size;
        var matrix = new double[size, size];
        double[] sum = new double[size], start = new double[size];
        for (int column = 0; column < size; column++)
        {
            double[] basis = new double[size];
            (basis[column], start[column]) = (unit, unit * (column + 1));
            double[] image = step.From(basis);
            for (int row = 0; row < size; row++)
            {
                matrix[row, column] = image[row] / unit;
                sum[row] += image[row] * (column + 1);
            }
        }

        double[] together = step.From(start);
        double largest = Math.Max(unit, sum.Max(Math.Abs));
        return together.Zip(sum).All(x => Math.Abs(x.First - x.Second) <= Tolerance * largest) ? matrix : throw new BadInputException(
            $"{step.Name} is not linear on a quadratic: how far it goes does not grow with the distance, so it has no region of stability.");
    }

    /// <summary>Gelfand's limit ‖Mᵏ‖^(1/k), with k = 2⁴⁰ by squaring.</summary>
    public static double SpectralRadius(double[,] matrix)
    {
        const int Squarings = 40;
        int size = matrix.GetLength(0);
        double logarithm = 0, share = 1;
        for (int i = 0; i <= Squarings; i++, share /= 2)
        {
            double norm = 0;
            foreach (double x in matrix)
            {
                norm += x * x;
            }

            norm = Math.Sqrt(norm);
            if (norm == 0)
            {
                return 0;
            }

            logarithm += share * Math.Log(norm);
            var square = new double[size, size];
            for (int row = 0; row < size; row++)
            {
                for (int column = 0; column < size; column++)
                {
                    for (int k = 0; k < size; k++)
                    {
                        square[row, column] += matrix[row, k] / norm * (matrix[k, column] / norm);
                    }
                }
            }

            matrix = square;
        }

        return Math.Exp(logarithm);
    }

    /// <summary>The same rule with a second moment that does not move.</summary>
    static IOptimizer Held(IOptimizer optimizer)
    {
        var rule = OptimizerDescription.Of(optimizer) ?? throw new ArgumentException("The rule must be of a catalog.");
        if (rule.Kind != RuleKind.CoordinateWise || rule.Wraps || optimizer.Scalars.Count > 0)
        {
            throw new BadInputException($"{rule.Name}: stability is for rules that see each number by itself and take all steps alike.");
        }

        return HeldMoments.Hold(optimizer, rule);
    }

    sealed class Step : IDisposable
    {
        readonly WorkerPool pool = new(1);
        readonly Executor executor;
        readonly Parameters<double> parameters = new([new ParameterInfo("w", new Shape(1), ParameterTraits.Weight)]);
        readonly OptimizerRun<double> run;
        readonly IReadOnlyList<OptimizerState<double>> moved, held;
        readonly double curvature;

        public Step(IOptimizer optimizer, double curvature)
        {
            this.curvature = curvature;
            executor = pool.CreateExecutor();
            run = new OptimizerRun<double>(optimizer, parameters, executor);
            var moments = HeldMoments.Of(optimizer);
            held = [.. run.States.Where(x => moments.Contains(x.Name))];
            moved = [.. run.States.Except(held)];
            Name = OptimizerDescription.Of(optimizer)!.Name;
        }

        public string Name { get; }

        /// <summary>How far from zero the step is looked at.</summary>
        public double Unit => 1e-3 / Math.Max(1, curvature);

        /// <summary>θ, then the states.</summary>
        public int Size => 1 + moved.Count;

        public double[] From(double[] start)
        {
            parameters.Values.Span[0] = start[0];
            foreach (var (i, state) in moved.Index())
            {
                state.Values.Span[0] = start[i + 1];
            }

            foreach (var state in held)
            {
                state.Values.Span[0] = 1;
            }

            run.Steps = Late;
            run.LookAhead();
            parameters.Gradients.Span[0] = curvature * parameters.Values.Span[0];
            run.Step();
            return [parameters.Values.Span[0], .. moved.Select(state => state.Values.Span[0])];
        }

        public void Dispose()
        {
            run.Dispose();
            parameters.Dispose();
            executor.Dispose();
            pool.Dispose();
        }
    }
}
