using Descent.Models;

namespace Descent.Training;

/// <summary>How many images an evaluation works on at a time.</summary>
public static class EvaluationBatch
{
    /// <summary>What the activations of a batch may take where an analysis chooses it: a product with the Hessian keeps about eight times as much.</summary>
    public const long AnalysisBytes = 16 << 20;

    /// <summary>What a batch's values may take: larger batches are no faster.</summary>
    const long MostBytes = 256 << 20;

    /// <summary>The sizes of the published splits are multiples of these, so that few of them end in a batch of another size.</summary>
    static readonly int[] sizes = [1000, 500, 250, 200, 100, 50, 20, 10, 5, 2];

    /// <param name="element">Bytes of a number.</param>
    public static int Largest(Model model, int element) => Largest(model, element, MostBytes);

    /// <summary>The same where a batch's values may take so many bytes.</summary>
    internal static int Largest(Model model, int element, long most) => sizes.FirstOrDefault(size => Bytes(model, element, size) <= most, 1);

    /// <summary>What the values of the largest batch take, at most.</summary>
    /// <param name="element">Bytes of a number.</param>
    public static long Bytes(Model model, int element) => Bytes(model, element, Largest(model, element));

    static long Bytes(Model model, int element, int images) => element * images * (model.Input.Count + model.Layers.Sum(layer => (long)layer.Output.Count));
}
