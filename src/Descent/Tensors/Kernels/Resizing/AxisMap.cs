namespace Descent.Tensors.Kernels;

/// <summary>A sparse matrix [outputs, inputs] along one axis of images: output i = Σ weight·input over the taps of i.</summary>
/// <remarks>Taps of an output stand side by side, in the order of their inputs.</remarks>
public sealed class AxisMap<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly (int Output, int Input, double Weight)[] taps;

    AxisMap(int inputs, int outputs, IEnumerable<(int Output, int Input, double Weight)> taps)
    {
        (Inputs, Outputs) = (inputs, outputs);
        this.taps = [.. taps.OrderBy(tap => tap.Output).ThenBy(tap => tap.Input)];
        Starts = new int[outputs + 1];
        foreach (var (output, _, _) in this.taps)
        {
            Starts[output + 1]++;
        }

        for (int output = 0; output < outputs; output++)
        {
            Starts[output + 1] += Starts[output];
        }

        From = [.. this.taps.Select(tap => tap.Input)];
        Weights = [.. this.taps.Select(tap => T.CreateTruncating(tap.Weight))];
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The matrix [inputs, outputs]: the adjoint.</summary>
    public AxisMap<T> Transposed => new(Outputs, Inputs, taps.Select(tap => (tap.Input, tap.Output, tap.Weight)));

    /// <summary>The number of the first tap of each output, and behind them that of all taps.</summary>
    internal int[] Starts { get; }

    /// <summary>The input of each tap.</summary>
    internal int[] From { get; }

    internal T[] Weights { get; }

    /// <summary>Linear interpolation between the centers of pixels: the output i lies at s = max(0, (i + ½)·inputs/outputs − ½) and is a mean of the inputs ⌊s⌋ and ⌊s⌋ + 1
    /// (behind the last input: of that alone), weighted by nearness.</summary>
    /// <remarks>That of torch.nn.functional.interpolate(mode='bilinear', align_corners=False, antialias=False). A tap of weight zero is left out, so an input that is not
    /// finite spoils only outputs that it has a share in.</remarks>
    internal static AxisMap<T> Linear(int inputs, int outputs) => new(inputs, outputs, Enumerable.Range(0, outputs).SelectMany(output =>
    {
        double place = Math.Max(0, ((output + 0.5) * inputs / outputs) - 0.5);
        int below = Math.Min((int)place, inputs - 1);
        double share = below == inputs - 1 ? 0 : place - below;
        return ((int, int, double)[])(share == 0 ? [(output, below, 1)] : [(output, below, 1 - share), (output, below + 1, share)]);
    }));
}
