using System.Globalization;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads;

/// <summary>What the workloads with a multilayer perceptron have in common: the options <c>model.hidden</c> and <c>model.activation</c>.</summary>
static class MlpWorkload
{
    const int MostLayers = 1000;
    const int WidestLayer = 16384;

    /// <summary>Makes the model from its sizes.</summary>
    public delegate Model Builder(Shape input, IReadOnlyList<int> hidden, int classes, Activation activation);

    public static IReadOnlyList<ModelOption> Options(params ReadOnlySpan<int> hidden) =>
    [
        new("hidden", Text(hidden.ToArray()),
            $"be a list of at most {MostLayers} sizes of hidden layers from 1 to {WidestLayer}, as in [100, 100]",
            text => Sizes(text) is { } sizes ? Text(sizes) : null),
        new("activation", Activation.Relu.Name, $"be one of {string.Join(", ", Activation.All.Select(x => x.Name))}",
            text => Activation.All.FirstOrDefault(x => x.Name == text.Trim())?.Name),
    ];

    public static Func<IReadOnlyDictionary<string, string>, Model> Build(Builder builder, Shape input, int classes) => options =>
        builder(input, Sizes(options["hidden"])!, classes, Activation.Find(options["activation"]));

    static string Text(IReadOnlyList<int> sizes) => $"[{string.Join(", ", sizes)}]";

    /// <summary>The numbers of <c>[100, 100]</c>, <c>100,100</c> or <c>100</c>; none for <c>[]</c>; null where something else stands.</summary>
    static List<int>? Sizes(string text)
    {
        var inner = text.Trim();
        if (inner.StartsWith('[') && inner.EndsWith(']'))
        {
            inner = inner[1..^1].Trim();
            if (inner.Length == 0)
            {
                return [];
            }
        }

        var sizes = new List<int>();
        foreach (var part in inner.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int size)
                || size is < 1 or > WidestLayer)
            {
                return null;
            }

            sizes.Add(size);
        }

        return sizes.Count <= MostLayers ? sizes : null;
    }
}
