namespace Descent.Analysis;

/// <summary>How large the gradients of a model's layers are, and what comes out of them.</summary>
/// <param name="Weights">Of each weight matrix and each set of filters, from the first layer to the last.</param>
/// <param name="Activations">Of each pass, from the first to the logits.</param>
/// <param name="Batches">Batches that were measured.</param>
public sealed record GradientFlow(IReadOnlyList<WeightFlow> Weights, IReadOnlyList<ActivationFlow> Activations, int Batches, double Loss)
{
    /// <summary>Above this ratio of the largest to the smallest mean norm gradients count as badly spread.</summary>
    public const double LargestRatio = 100;

    /// <summary>Where no mean norm exceeds this, a learning rate of 1 moves nothing that float could see.</summary>
    public const double Vanished = 1e-6;

    /// <summary>Of the largest to the smallest mean norm; infinite where one is 0, NaN where all are.</summary>
    public double Ratio => Weights.Max(x => x.MeanNorm) / Weights.Min(x => x.MeanNorm);

    /// <summary>One sentence on the ratio.</summary>
    public string Verdict => Ratio switch
    {
        double.NaN => "No weight has a gradient: from here biases alone can learn.",
        double.PositiveInfinity => $"No gradient reaches {string.Join(", ", Weights.Where(x => x.MeanNorm == 0).Select(x => x.Name))}.",
        _ when Largest.MeanNorm < Vanished => FormattableString.Invariant($"Vanished: the largest gradient, of {Largest.Name}, has the norm {Largest.MeanNorm:G3}."),
        > LargestRatio => FormattableString.Invariant(
            $"Badly spread: the gradient of {Largest.Name} is {Ratio:G3} times that of {Smallest.Name} (more than {LargestRatio}). Batch norm or another initialization may help."),
        _ => FormattableString.Invariant($"Evenly spread: the gradient of {Largest.Name} is {Ratio:G3} times that of {Smallest.Name} (at most {LargestRatio})."),
    };

    WeightFlow Largest => Weights.MaxBy(x => x.MeanNorm)!;

    WeightFlow Smallest => Weights.MinBy(x => x.MeanNorm)!;
}

/// <summary>The gradient of a weight over batches.</summary>
/// <param name="MeanNorm">The mean over batches of the L2 norm.</param>
/// <param name="WeightNorm">Of the weight itself.</param>
/// <param name="Magnitudes">How many numbers of all batches' gradients have which magnitude.</param>
public sealed record WeightFlow(string Name, double MeanNorm, double SmallestNorm, double LargestNorm, double WeightNorm, Histogram Magnitudes)
{
    /// <summary>‖Δw‖/‖w‖ of a step; null where none was taken.</summary>
    public double? UpdateRatio { get; init; }
}

/// <summary>What a pass gives over all batches.</summary>
/// <param name="Name">Of the last layer of the pass.</param>
/// <param name="Kind">What the pass does: <c>linear, relu</c>.</param>
/// <param name="Deviation">The standard deviation over all values (dividing by their number).</param>
/// <param name="Zeros">The share of values that are exactly 0.</param>
/// <param name="Dead">The share of units (features or channels) that are 0 for every image at every place; null behind no ReLU.</param>
public sealed record ActivationFlow(string Name, string Kind, double Mean, double Deviation, double Zeros, double? Dead, Histogram Values);
