using Descent.Layers;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads.Own;

/// <summary>From a list of layers to a model. Names are those of a torch.nn.Sequential of the same list: 0, 1, …, so that its state dict fits.</summary>
sealed class LayerList
{
    const int MostLayers = 1000;

    readonly List<NamedLayer> layers = [];

    /// <param name="input">The shape of an image, or of a row of a table.</param>
    /// <param name="specs">From the input to the outputs.</param>
    /// <param name="outputs">What the data ask for: as many as there are classes, or numbers to tell.</param>
    /// <exception cref="BadInputException">A layer does not take what comes in, or the last one does not give as many outputs; the layer is named.</exception>
    public static Model Build(Shape input, IReadOnlyList<LayerSpec> specs, int outputs, Loss loss)
    {
        if (specs.Count is < 1 or > MostLayers)
        {
            throw new BadInputException($"layers: a net has 1 to {MostLayers} layers, got {specs.Count}.");
        }

        var list = new LayerList();
        var shape = list.Add(specs, input, name: "", number: "");
        string last = $"layer {specs.Count} ({specs[^1].Kind})";
        if (shape != new Shape(outputs))
        {
            throw new BadInputException($"{last}: the net must end in {outputs} outputs, for {(loss == Loss.SquaredError ? "the data's" : "a class each of the data")}, "
                + $"and ends in {(shape.Rank == 1 ? $"{shape[0]}" : $"{shape}")}.");
        }

        return list.layers.Any(layer => layer.Layer.Parameters.Count > 0) ? new Model(input, list.layers) { Loss = loss }
            : throw new BadInputException($"{last}: the net has no layer with parameters, so there is nothing to train.");
    }

    /// <param name="name">Of what the layers lie in, with a point behind it.</param>
    /// <param name="number">What messages call it, likewise.</param>
    Shape Add(IReadOnlyList<LayerSpec> specs, Shape shape, string name, string number, string? from = null)
    {
        for (int i = 0; i < specs.Count; i++)
        {
            string place = $"layer {number}{i + 1} ({specs[i].Kind})";
            if (specs[i].Kind == LayerKind.Residual)
            {
                shape = AddBlock(specs[i], shape, $"{name}{i}", $"{number}{i + 1}.", place);
                continue;
            }

            try
            {
                var layer = LayerKind.Find(specs[i].Kind).Build(specs[i].Values.ToDictionary(), shape);
                shape = layer.Output(shape);
                layers.Add(new($"{name}{i}", layer) { From = i == 0 ? from : null });
            }
            catch (Exception exception) when (exception is BadInputException or ArgumentException or OverflowException)
            {
                throw new BadInputException($"{place}: {exception.Message.TrimEnd('.')}.", exception);
            }
        }

        return shape;
    }

    /// <summary>The main path, the shortcut where there is one, and their sum.</summary>
    Shape AddBlock(LayerSpec block, Shape shape, string name, string number, string place)
    {
        if (layers.Count == 0)
        {
            throw new BadInputException($"{place}: a residual block cannot be the first layer of a net.");
        }

        string input = layers[^1].Name, shortcut = input;
        var main = Add(block.Body, shape, $"{name}.", number);
        string end = layers[^1].Name;
        var beside = shape;
        if (block.Shortcut.Count > 0)
        {
            beside = Add(block.Shortcut, shape, $"{name}.shortcut.", $"{number}shortcut.", input);
            shortcut = layers[^1].Name;
        }

        layers.Add(main == beside ? new($"{name}.add", new Addition()) { From = end, Shortcut = shortcut } : throw new BadInputException(
            $"{place}: its layers give {main} and its {(block.Shortcut.Count > 0 ? "shortcut gives" : "input has")} {beside}, which cannot be added"
            + (block.Shortcut.Count > 0 ? "." : "; give a shortcut, as in shortcut: [{ conv: { filters: 64, kernel: 1, stride: 2 } }].")));
        return main;
    }
}
