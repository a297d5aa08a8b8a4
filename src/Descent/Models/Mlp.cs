using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>Multilayer perceptrons: linear layers with an activation between each two.</summary>
public static class Mlp
{
    /// <summary>Layers named <c>fc1</c>, <c>fc2</c>, …, as modules that are fields.</summary>
    public static Model Numbered(int inputs, IReadOnlyList<int> hidden, int classes, Activation activation) =>
        Create(inputs, hidden, classes, activation, i => $"fc{i + 1}", i => $"{activation.Name}{i + 1}");

    /// <summary>Layers named <c>network.0</c>, <c>network.2</c>, …, with the activations between them, as in a torch.nn.Sequential.</summary>
    public static Model Sequential(int inputs, IReadOnlyList<int> hidden, int classes, Activation activation) =>
        Create(inputs, hidden, classes, activation, i => $"network.{2 * i}", i => $"network.{(2 * i) + 1}");

    static Model Create(int inputs, IReadOnlyList<int> hidden, int classes, Activation activation,
        Func<int, string> linearName, Func<int, string> activationName)
    {
        var layers = new List<NamedLayer>();
        int width = inputs;
        for (int i = 0; i < hidden.Count; width = hidden[i], i++)
        {
            layers.Add(new NamedLayer(linearName(i), new Linear(width, hidden[i])));
            layers.Add(new NamedLayer(activationName(i), activation));
        }

        layers.Add(new NamedLayer(linearName(hidden.Count), new Linear(width, classes)));
        return new Model(new Shape(inputs), layers);
    }
}
