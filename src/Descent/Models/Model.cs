using Descent.Autodiff;
using Descent.Layers;
using Descent.Tensors;

namespace Descent.Models;

/// <summary>A network without its numbers: layers from images to logits, mostly one after another, with shortcuts where blocks are residual.</summary>
/// <remarks>Neighbouring layers that can share a pass do (<see cref="ILayer.FuseWith"/>); lists show them apart, as they were declared.</remarks>
public sealed class Model
{
    readonly IReadOnlyList<NamedLayer> layers;
    readonly IReadOnlyList<Stage> stages;
    readonly int[] firstParameters, firstStatistics;

    /// <param name="input">The shape of one image: [height, width, channels] or [features].</param>
    /// <param name="layers">From the input to the logits. Parameters are named <c>layer.parameter</c>.</param>
    /// <exception cref="ArgumentException">A layer does not take what comes before it, the last one does not give a vector, two have one name, or
    /// there are no parameters.</exception>
    public Model(Shape input, IReadOnlyList<NamedLayer> layers)
    {
        (Input, this.layers) = (input, layers);
        int head = layers.Select(x => x.Layer.Parameters.Count > 0).ToList().LastIndexOf(true);
        var graph = new LayerGraph(input, layers);
        Classes = graph.Output.Rank == 1 ? graph.Output[0] : throw new ArgumentException($"A model ends in a vector of logits, this one in {graph.Output}.");
        if (head < 0)
        {
            throw new ArgumentException("A model needs parameters.");
        }

        stages = graph.Stages();
        var (parameters, statistics) = (new List<ParameterInfo>(), new List<ParameterInfo>());
        (firstParameters, firstStatistics) = (new int[layers.Count], new int[layers.Count]);
        for (int i = 0; i < layers.Count; i++)
        {
            (firstParameters[i], firstStatistics[i]) = (parameters.Count, statistics.Count);
            var place = (parameters.Count == 0 ? ParameterTraits.FirstLayer : 0) | (i == head ? ParameterTraits.Head : 0);
            parameters.AddRange(layers[i].Layer.Parameters.Select(x => InPlace(x, graph, layers[i].Name, i) with
            {
                Traits = x.Traits | place,
                Activation = graph.ActivationBehind(i),
            }));
            statistics.AddRange(layers[i].Layer.Statistics.Select(x => InPlace(x, graph, layers[i].Name, i)));
        }

        (Parameters, Statistics, Layers) = (parameters, statistics, [.. layers.Select((layer, i) => Describe(layer, graph, i))]);
    }

    /// <summary>The shape of one image: [height, width, channels] or [features].</summary>
    public Shape Input { get; }

    /// <summary>The number of logits, or of the numbers that a net with <see cref="Loss.SquaredError"/> gives.</summary>
    public int Classes { get; }

    /// <summary>What the outputs are held to.</summary>
    public Loss Loss { get; init; } = Loss.CrossEntropy;

    /// <summary>Every parameter, in PyTorch's order and under PyTorch's names.</summary>
    public IReadOnlyList<ParameterInfo> Parameters { get; }

    /// <summary>Every running statistic, likewise.</summary>
    public IReadOnlyList<ParameterInfo> Statistics { get; }

    public IReadOnlyList<LayerDescription> Layers { get; }

    public long ParameterCount => Layers.Sum(layer => layer.ParameterCount);

    /// <summary>Floating-point operations of the forward pass of one image: 2 for each multiply-add.</summary>
    public long Flops => Layers.Sum(layer => layer.Flops);

    /// <summary>Numbers that a training keeps for the backward pass of one image, the image among them.</summary>
    public long Activations => Input.Count + Layers.Sum(layer => layer.Activations);

    /// <summary>The shape of a batch of <paramref name="count"/> images.</summary>
    public Shape Batch(int count) => new([count, .. Input.ToArray()]);

    /// <summary>The same network for images [height, width, channels] of another size: a first layer <c>resize</c> brings them to <see cref="Input"/>. Parameters keep their
    /// names and shapes.</summary>
    public Model ForImages(Shape images) => images == Input ? this
        : new Model(images, [new NamedLayer("resize", new Resize(Input[0], Input[1])), .. layers]) { Loss = Loss };

    /// <summary>The same network with another loss.</summary>
    public Model HeldTo(Loss loss) => loss == Loss ? this : new Model(Input, layers) { Loss = loss };

    /// <summary>The logits [N, classes] of the images <paramref name="input"/> [N, …].</summary>
    /// <param name="parameters">Made from <see cref="Parameters"/> and <see cref="Statistics"/>; its values are watched by the caller who wants gradients.</param>
    /// <param name="position">Where each replay will stand; needed in training alone, by default the first step of seed 0.</param>
    /// <exception cref="ArgumentException">The input has another shape, or the parameters belong to another model.</exception>
    public Tensor<T> Forward<T>(Tape<T> tape, Parameters<T> parameters, Tensor<T> input, Mode mode = Mode.Evaluation, StepPosition? position = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Passes(tape, parameters, input, mode, position)[^1].Output;

    /// <summary>The same with what every pass gives, in their order; the last are the logits. Neighbouring layers that share a pass give what the last of them gives.</summary>
    internal IReadOnlyList<(LayerDescription Layer, string Kind, Tensor<T> Output)> Passes<T>(Tape<T> tape, Parameters<T> parameters, Tensor<T> input, Mode mode,
        StepPosition? position = null) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (input.Shape.Rank == 0 || input.Shape != Batch(input.Shape[0]))
        {
            throw new ArgumentException($"The model takes batches of {Input}, got {input.Shape}.");
        }

        if (!parameters.Slots.Select(slot => (slot.Name, slot.Info.Shape)).SequenceEqual(Parameters.Select(x => (x.Name, x.Shape)))
            || !parameters.Statistics.Select(one => (one.Name, one.Info.Shape)).SequenceEqual(Statistics.Select(x => (x.Name, x.Shape))))
        {
            throw new ArgumentException("The parameters belong to another model.");
        }

        position ??= new StepPosition(seed: 0);
        var outputs = new Tensor<T>[layers.Count];
        foreach (var stage in stages)
        {
            var pass = new LayerPass<T>(tape, ParametersOf(stage, parameters), StatisticsOf(stage, parameters), mode, position, stage.Place)
            {
                Shortcut = stage.Shortcut < 0 ? null : outputs[stage.Shortcut],
            };
            outputs[stage.Place] = stage.Layer.Forward(pass, stage.Source < 0 ? input : outputs[stage.Source]);
        }

        return [.. stages.Select(stage => (Layers[stage.Place], stage.Layer.Kind, outputs[stage.Place]))];
    }

    Tensor<T>[] ParametersOf<T>(Stage stage, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. parameters.Slots.Skip(firstParameters[stage.Owner]).Take(stage.Layer.Parameters.Count).Select(slot => slot.Value)];

    Tensor<T>[] StatisticsOf<T>(Stage stage, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. parameters.Statistics.Skip(firstStatistics[stage.Owner]).Take(stage.Layer.Statistics.Count).Select(one => one.Value)];

    LayerDescription Describe(NamedLayer layer, LayerGraph graph, int place)
    {
        var (before, output) = graph.Shapes(place);
        bool isKept = !layer.Layer.IsView && stages.Any(stage => stage.Place == place);
        return new LayerDescription(layer.Name, layer.Layer.Kind, output, layer.Layer.Parameters.Sum(x => (long)x.Shape.Count), layer.Layer.Flops(before),
            isKept ? output.Count : 0);
    }

    /// <summary>Under its name in the model, and with the image that its values go over where they do.</summary>
    static ParameterInfo InPlace(ParameterInfo parameter, LayerGraph graph, string layer, int place) => parameter with
    {
        Name = $"{layer}.{parameter.Name}",
        FlattenedFrom = graph.FlattenedInto(place) is { } image && IsOverValuesOf(image, parameter) ? image : null,
    };

    static bool IsOverValuesOf(Shape image, ParameterInfo parameter) => parameter.Shape.Rank switch
    {
        2 => parameter.Shape[1] == image.Count,
        1 => parameter.Shape[0] == image.Count && (parameter.Traits & (ParameterTraits.Normalization | ParameterTraits.RunningStatistic)) != 0,
        _ => false,
    };
}
