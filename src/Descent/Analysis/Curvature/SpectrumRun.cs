using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Analysis;

/// <summary>Finds the spectrum of a symmetric matrix of which only products with vectors are known.</summary>
sealed class SpectrumRun<T>(Executor executor, int dimension, SymmetricOperator<T> multiply, SpectrumSettings settings, CancellationToken token)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int FirstLook = 10;

    // Part of every reported number: a change would draw other directions from the same seed.
    const ulong StartStream = 0, FreshStream = 1, ProbeStream = 1 << 20, DensityStream = 1 << 21;

    /// <exception cref="BadInputException">More eigenvalues are asked for than there are.</exception>
    public HessianSpectrum Find()
    {
        Check();
        using var arena = new Arena();
        Tensor<T> vector = arena.Allocate<T>(new Shape(dimension)), product = arena.Allocate<T>(new Shape(dimension));
        Draw(vector, StartStream, isNormal: true);
        using var lanczos = new Lanczos<T>(executor, vector, multiply, Stream(FreshStream));
        var (values, rows) = Converge(lanczos);
        double scale = values.Max(Math.Abs);
        int smallest = Math.Min(settings.Smallest, values.Length);
        Eigenpair[] low = [.. Enumerable.Range(0, smallest).Select(i => Pair(lanczos, values[i], rows[i], vector, product))];
        Eigenpair[] high = [.. Enumerable.Range(0, settings.Top).Select(i => Pair(lanczos, values[^(i + 1)], rows[^(i + 1)], vector, product))];
        var trace = Trace(lanczos, vector, product);
        var density = settings.DensityStarts == 0 ? null : Density(vector);
        return new(high, low, trace, density, lanczos.Steps, high.Concat(low).All(pair => pair.Residual <= 2 * Tolerance * scale));
    }

    double Tolerance => settings.Tolerance ?? (typeof(T) == typeof(float) ? 1e-3 : 1e-6);

    void Check()
    {
        foreach (var (name, count) in (ReadOnlySpan<(string, int)>)[("top", settings.Top), ("smallest", settings.Smallest)])
        {
            if (count > dimension || (count < 1 && name == "top"))
            {
                throw new BadInputException($"{name} must lie in 1-{dimension} (the Hessian has as many eigenvalues as the model has parameters), got {count}.");
            }
        }
    }

    /// <summary>Takes steps until the wanted eigenvalues have converged, or as many as are allowed.</summary>
    (double[] Values, double[][] Rows) Converge(Lanczos<T> lanczos)
    {
        int most = Math.Min(dimension, Math.Max(settings.MostSteps, settings.Top + settings.Smallest)), look = Math.Max(FirstLook, settings.Top + settings.Smallest);
        while (true)
        {
            while (lanczos.Steps < Math.Min(look, most))
            {
                token.ThrowIfCancellationRequested();
                lanczos.Step();
            }

            var (values, rows) = TridiagonalMatrix.Solve(lanczos.Diagonal, lanczos.OffDiagonal);
            double bound = Tolerance * values.Max(Math.Abs), last = lanczos.OffDiagonal[^1];
            var wanted = Enumerable.Range(0, settings.Smallest).Concat(Enumerable.Range(values.Length - settings.Top, settings.Top));
            if (lanczos.Steps == most || wanted.All(i => Math.Abs(last * rows[i][^1]) < bound))
            {
                return (values, rows);
            }

            look += Math.Max(FirstLook, look / 10);
        }
    }

    Eigenpair Pair(Lanczos<T> lanczos, double value, double[] row, Tensor<T> vector, Tensor<T> product)
    {
        token.ThrowIfCancellationRequested();
        lanczos.Basis.Combine(row, vector);
        multiply(vector, product);
        TensorPrimitives.MultiplyAdd(vector.Span, T.CreateTruncating(-value), product.Span, product.Span);
        double[] numbers = new double[dimension];
        TensorPrimitives.ConvertTruncating<T, double>(vector.Span, numbers);
        if (numbers[TensorPrimitives.IndexOfMaxMagnitude<double>(numbers)] < 0)
        {
            TensorPrimitives.Negate<double>(numbers, numbers);
        }

        return new(value, lanczos.Basis.Norm(product), numbers);
    }

    /// <summary>The sum over the Lanczos vectors is exact; what is orthogonal to them is estimated by random signs. Meyer, Musco, Musco and Woodruff, "Hutch++",
    /// arXiv:2010.09649, with the Krylov space in the place of a sketch; Hutchinson (1990) for the rest.</summary>
    TraceEstimate Trace(Lanczos<T> lanczos, Tensor<T> probe, Tensor<T> product)
    {
        double within = lanczos.Diagonal.Sum();
        if (lanczos.IsComplete)
        {
            return new(within, 0, 0);
        }

        double[] samples = new double[Math.Max(2, settings.Probes)];
        for (int i = 0; i < samples.Length; i++)
        {
            token.ThrowIfCancellationRequested();
            Draw(probe, ProbeStream + (ulong)i, isNormal: false);
            _ = lanczos.Basis.Orthogonalize(probe);
            multiply(probe, product);
            samples[i] = lanczos.Basis.Product(probe, product);
        }

        double mean = samples.Average(), variance = samples.Sum(x => (x - mean) * (x - mean)) / (samples.Length - 1);
        return new(within + mean, Math.Sqrt(variance / samples.Length), samples.Length);
    }

    SpectralDensity Density(Tensor<T> start)
    {
        var points = new List<(double Node, double Weight)>();
        for (int i = 0; i < settings.DensityStarts; i++)
        {
            Draw(start, DensityStream + (2 * (ulong)i), isNormal: false);
            using var lanczos = new Lanczos<T>(executor, start, multiply, Stream(DensityStream + (2 * (ulong)i) + 1));
            while (lanczos.Steps < Math.Min(dimension, settings.DensitySteps))
            {
                token.ThrowIfCancellationRequested();
                lanczos.Step();
            }

            var (values, rows) = TridiagonalMatrix.Solve(lanczos.Diagonal, lanczos.OffDiagonal);
            points.AddRange(values.Zip(rows, (value, row) => (value, row[0] * row[0] / settings.DensityStarts)));
        }

        var sorted = points.OrderBy(point => point.Node).ToList();
        return new([.. sorted.Select(point => point.Node)], [.. sorted.Select(point => point.Weight)], settings.DensityStarts);
    }

    RandomStream Stream(ulong index) => new(settings.Seed, StreamPurpose.Probe, index);

    void Draw(Tensor<T> vector, ulong index, bool isNormal)
    {
        var stream = Stream(index);
        foreach (ref T x in vector.Span)
        {
            x = isNormal ? T.CreateTruncating(stream.NextNormal()) : (stream.NextUInt32() & 1) == 0 ? T.One : -T.One;
        }
    }
}
