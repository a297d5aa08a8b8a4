using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>Multilayer perceptrons: linear layers with an activation between each two.</summary>
public static class Mlp
{
    /// <summary>Layers named <c>fc1</c>, <c>fc2</c>, …, as modules that are fields. Images come flattened in.</summary>
    public static Model Numbered(Shape input, IReadOnlyList<int> hidden, int classes, Activation activation)
    {
        var layers = new List<NamedLayer>();
        if (input.Rank > 1)
        {
            layers.Add(new("flatten", new Flatten()));
        }

        int[] widths = [input.Count, .. hidden];
        for (int i = 1; i < widths.Length; i++)
        {
            layers.Add(new($"fc{i}", new Linear(widths[i - 1], widths[i])));
            layers.Add(new($"{activation.Name}{i}", activation));
        }

        layers.Add(new($"fc{widths.Length}", new Linear(widths[^1], classes)));
        return new Model(input, layers);
    }

    /// <summary>Layers named <c>network.0</c>, <c>network.2</c>, …, with the activations between them, as in a torch.nn.Sequential.</summary>
    public static Model Sequential(Shape input, IReadOnlyList<int> hidden, int classes, Activation activation) => Sequential(input, hidden, classes, _ => [activation]);

    /// <summary>The same with batch norm before each activation: <c>network.0</c>, <c>network.1</c> (batch norm), <c>network.3</c>, ….</summary>
    public static Model SequentialBatchNorm(Shape input, IReadOnlyList<int> hidden, int classes, Activation activation) =>
        Sequential(input, hidden, classes, width => [new BatchNorm(width), activation]);

    static Model Sequential(Shape input, IReadOnlyList<int> hidden, int classes, Func<int, ILayer[]> behind)
    {
        var layers = new List<ILayer>();
        int width = input.Count;
        foreach (int next in hidden)
        {
            layers.AddRange([new Linear(width, next), .. behind(next)]);
            width = next;
        }

        layers.Add(new Linear(width, classes));
        return new Model(input, [.. layers.Select((layer, i) => new NamedLayer($"network.{i}", layer))]);
    }
}
