using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>The layers of a model with what comes into each, and how they share passes.</summary>
sealed class LayerGraph
{
    const int ImageRank = 3, ModelInput = -1;

    readonly IReadOnlyList<NamedLayer> layers;
    readonly Shape input;
    readonly Shape[] shapes;
    readonly int[] sources, shortcuts;

    /// <exception cref="ArgumentException">A layer does not take what comes in, or a name is no earlier layer's.</exception>
    public LayerGraph(Shape input, IReadOnlyList<NamedLayer> layers)
    {
        (this.input, this.layers) = (input, layers);
        var twice = layers.GroupBy(layer => layer.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new ArgumentException($"Two layers of a model are named {twice}.");
        }

        shapes = new Shape[layers.Count];
        sources = [.. layers.Select((layer, i) => layer.From is { } name ? Earlier(i, name) : i - 1)];
        shortcuts = [.. layers.Select((layer, i) => layer.Shortcut is { } name ? Earlier(i, name) : ModelInput)];
        for (int i = 0; i < layers.Count; i++)
        {
            shapes[i] = layers[i].Layer.Output(ShapeOf(sources[i]));
            if (layers[i].Layer is Addition != layers[i].Shortcut is not null || (layers[i].Shortcut is not null && shapes[shortcuts[i]] != shapes[i]))
            {
                throw new ArgumentException($"{layers[i].Name}: an addition has a shortcut of its input's shape {shapes[i]}, and nothing else has one.");
            }
        }
    }

    public Shape Output => ShapeOf(layers.Count - 1);

    /// <summary>What layer <paramref name="i"/> gets and gives.</summary>
    public (Shape Input, Shape Output) Shapes(int i) => (ShapeOf(sources[i]), shapes[i]);

    /// <summary>The image whose flattened values come into layer <paramref name="i"/>, or null: those of no single image, or of none since the last weight.</summary>
    public Shape? FlattenedInto(int i)
    {
        for (int at = sources[i]; at >= 0; at = sources[at])
        {
            if (ShapeOf(sources[at]).Rank == ImageRank && shapes[at].Rank == 1)
            {
                return ShapeOf(sources[at]);
            }

            if (layers[at].Layer.Parameters.Any(x => x.Shape.Rank > 1))
            {
                break;
            }
        }

        return null;
    }

    /// <summary>The name of the first activation behind layer <paramref name="i"/> and before the next weight; linear where there is none.</summary>
    public string ActivationBehind(int i)
    {
        for (int at = i + 1; at < layers.Count; at++)
        {
            if (sources[at] != i && shortcuts[at] != i)
            {
                continue;
            }

            if (layers[at].Layer is Activation activation)
            {
                return activation.Name;
            }

            if (layers[at].Layer.Parameters.Any(x => x.Shape.Rank > 1))
            {
                break;
            }

            i = at;
        }

        return "linear";
    }

    /// <summary>The passes of a forward run, in their order: neighbouring layers that can share one do.</summary>
    public IReadOnlyList<Stage> Stages()
    {
        var stages = new Stage?[layers.Count];
        for (int i = 0; i < layers.Count; i++)
        {
            int source = sources[i];
            stages[i] = new Stage(i, layers[i].Layer, i, source, shortcuts[i]);
            bool isAlone = source >= 0 && sources.Concat(shortcuts).Count(x => x == source) == 1;
            if (isAlone && layers[i].Layer.Parameters.Count == 0 && stages[source] is { } before && before.Layer.FuseWith(layers[i].Layer) is { } both)
            {
                stages[i] = before with { Place = i, Layer = both, Shortcut = Math.Max(before.Shortcut, shortcuts[i]) };
                stages[source] = null;
            }
        }

        return [.. stages.OfType<Stage>()];
    }

    Shape ShapeOf(int layer) => layer == ModelInput ? input : shapes[layer];

    int Earlier(int before, string name)
    {
        int place = layers.Take(before).ToList().FindIndex(layer => layer.Name == name);
        return place >= 0 ? place : throw new ArgumentException($"{layers[before].Name}: there is no layer \"{name}\" before it.");
    }
}
