using Descent.Autodiff;
using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>A network without its numbers: layers one after another, from images to logits.</summary>
/// <remarks>Neighbouring layers that can share a pass do (<see cref="ILayer.FuseWith"/>); lists show them apart, as they were declared.</remarks>
public sealed class Model
{
    const int ImageRank = 3;

    readonly List<Stage> stages = [];

    /// <param name="input">The shape of one image: [height, width, channels] or [features].</param>
    /// <param name="layers">From the input to the logits. Parameters are named <c>layer.parameter</c>.</param>
    /// <exception cref="ArgumentException">A layer does not take what comes before it, the last one does not give a vector, two have one name, or
    /// there are no parameters.</exception>
    public Model(Shape input, IReadOnlyList<NamedLayer> layers)
    {
        Input = input;
        int head = layers.Select(x => x.Layer.Parameters.Count > 0).ToList().LastIndexOf(true);
        var (parameters, descriptions, shape) = (new List<ParameterInfo>(), new List<LayerDescription>(), input);
        Shape? flattened = null;
        for (int i = 0; i < layers.Count; i++)
        {
            var (name, layer) = layers[i];
            long flops = layer.Flops(shape);
            var before = shape;
            shape = layer.Output(shape);
            flattened = before.Rank == ImageRank && shape.Rank == 1 ? before : flattened;
            descriptions.Add(new LayerDescription(name, layer.Kind, shape, layer.Parameters.Sum(x => (long)x.Shape.Count), flops));
            AddStage(layer, parameters.Count);
            var place = (parameters.Count == 0 ? ParameterTraits.FirstLayer : 0) | (i == head ? ParameterTraits.Head : 0);
            var activation = layers.Skip(i + 1).FirstOrDefault()?.Layer is Activation next ? next.Name : "linear";
            parameters.AddRange(layer.Parameters.Select(x => x with
            {
                Name = $"{name}.{x.Name}",
                Traits = x.Traits | place,
                Activation = activation,
                FlattenedFrom = flattened is { } image && IsOverValuesOf(image, x) ? image : null,
            }));
            flattened = layer.Parameters.Any(x => x.Shape.Rank > 1) ? null : flattened;
        }

        Classes = shape.Rank == 1 ? shape[0] : throw new ArgumentException($"A model ends in a vector of logits, this one in {shape}.");
        var twice = descriptions.GroupBy(x => x.Name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null || head < 0)
        {
            throw new ArgumentException(head < 0 ? "A model needs parameters." : $"Two layers of a model are named {twice}.");
        }

        (Parameters, Layers) = (parameters, descriptions);
    }

    /// <summary>The shape of one image: [height, width, channels] or [features].</summary>
    public Shape Input { get; }

    /// <summary>The number of logits.</summary>
    public int Classes { get; }

    /// <summary>Every parameter, in PyTorch's order and under PyTorch's names.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public IReadOnlyList<LayerDescription> Layers { get; }

    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Floating-point operations of the forward pass of one image: 2 for each multiply-add.</summary>
    public long Flops => Layers.Sum(layer => layer.Flops);

    /// <summary>The shape of a batch of <paramref name="count"/> images.</summary>
    public Shape Batch(int count) => new([count, .. Input.ToArray()]);

    /// <summary>The logits [N, classes] of the images <paramref name="input"/> [N, …].</summary>
    /// <param name="parameters">Made from <see cref="Parameters"/>; its values are watched by the caller who wants gradients.</param>
    /// <exception cref="ArgumentException">The input has another shape, or the parameters belong to another model.</exception>
    public Tensor<T> Forward<T>(Tape<T> tape, Parameters<T> parameters, Tensor<T> input) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (input.Shape.Rank == 0 || input.Shape != Batch(input.Shape[0]))
        {
            throw new ArgumentException($"The model takes batches of {Input}, got {input.Shape}.");
        }

        if (!parameters.Slots.Select(slot => (slot.Name, slot.Info.Shape)).SequenceEqual(Parameters.Select(x => (x.Name, x.Shape))))
        {
            throw new ArgumentException("The parameters belong to another model.");
        }

        var values = parameters.Slots.Select(slot => slot.Value).ToList();
        return stages.Aggregate(input, (x, stage) => stage.Layer.Forward(tape, values.GetRange(stage.Start, stage.Layer.Parameters.Count), x));
    }

    static bool IsOverValuesOf(Shape image, ParameterInfo parameter) => parameter.Shape.Rank switch
    {
        2 => parameter.Shape[1] == image.Count,
        1 => parameter.Shape[0] == image.Count && parameter.Traits.HasFlag(ParameterTraits.Normalization),
        _ => false,
    };

    void AddStage(ILayer layer, int start)
    {
        if (stages.Count > 0 && stages[^1].Layer.FuseWith(layer) is { } both)
        {
            stages[^1] = stages[^1] with { Layer = both };
        }
        else
        {
            stages.Add(new Stage(layer, start));
        }
    }

    /// <param name="Start">The number of its first parameter.</param>
    readonly record struct Stage(ILayer Layer, int Start);
}
