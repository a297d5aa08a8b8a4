using System.Globalization;
using Descent.Layers;
using Descent.Tensors;

namespace Descent.Workloads.Own;

/// <summary>A kind of layer that a user's net may have.</summary>
/// <param name="Name">As in <c>conv</c>.</param>
/// <param name="Parameters">What may be said; the first can stand alone (<c>linear: 64</c>).</param>
/// <param name="Build">The layer, from the shape that comes in. Throws <see cref="BadInputException"/> with the end of a sentence where it does not take that.</param>
public sealed record LayerKind(string Name, IReadOnlyList<LayerParameter> Parameters, Func<IReadOnlyDictionary<string, string>, Shape, ILayer> Build)
{
    /// <summary>What a residual block is called; it is made of others.</summary>
    public const string Residual = "residual";

    const string Same = "same";

    public static IReadOnlyList<LayerKind> All { get; } =
    [
        new("linear", [LayerParameter.Whole("outputs", null), LayerParameter.Whole("inputs", "")], MakeLinear),
        new("conv",
        [
            LayerParameter.Whole("filters", null), LayerParameter.Whole("kernel", "3"), LayerParameter.Whole("stride", "1"),
            LayerParameter.Whole("padding", Same, least: 0, word: Same), LayerParameter.Flag("bias", "true"), LayerParameter.Whole("channels", ""),
        ], MakeConv),
        new("batch_norm", [Positive("epsilon", "1e-05"), LayerParameter.Number("momentum", "0.1", "lie in (0, 1]", x => x is > 0 and <= 1)],
            (values, input) => new BatchNorm(input[input.Rank - 1], Number(values["epsilon"]), Number(values["momentum"]))),
        new("dropout", [LayerParameter.Number("probability", "0.5", "lie in [0, 1)", x => x is >= 0 and < 1)], (values, _) => new Dropout(Number(values["probability"]))),
        Pooling("max_pool", (size, stride, padding) => new MaxPool2d(size, stride, padding)),
        Pooling("average_pool", (size, stride, padding) => new AveragePool2d(size, stride, padding)),
        new("resize", [LayerParameter.Whole("height", null), LayerParameter.Whole("width", "")], (values, input) =>
            RequireImage(input, new Resize(Whole(values["height"]), Whole(values.GetValueOrDefault("width", values["height"]))))),
        new("global_average_pool", [], (_, input) => RequireImage(input, new GlobalAveragePool2d())),
        new("flatten", [], (_, _) => new Flatten()),
        .. Activation.All.Select(activation => new LayerKind(activation.Name, [], (_, _) => activation)),
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name).Append(Residual);

    /// <exception cref="BadInputException">There is no such kind; the message suggests the nearest.</exception>
    public static LayerKind Find(string name) => All.FirstOrDefault(kind => kind.Name == name)
        ?? throw new BadInputException($"There is no layer \"{name}\".{NearestName.Hint(name, Names)}");

    /// <summary>A layer of this kind.</summary>
    /// <param name="given">Texts by parameter; the others keep their defaults.</param>
    /// <exception cref="BadInputException">There is no such parameter, its rule is broken, or one is missing.</exception>
    public LayerSpec Spec(IReadOnlyDictionary<string, string> given)
    {
        var names = Parameters.Select(parameter => parameter.Name).ToList();
        if (given.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new BadInputException($"{Name} has no parameter \"{unknown}\".{NearestName.Hint(unknown, names)}");
        }

        var values = Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, given.TryGetValue(parameter.Name, out string? text)
            ? parameter.Canonical(text) ?? throw new BadInputException($"{Name}: {parameter.Name} must {parameter.Rule}, got {text}.")
            : parameter.Default ?? throw new BadInputException($"{Name} needs {parameter.Name}, as in {Name}: 64.")));
        return new(Name, [.. values.Where(value => value.Value.Length > 0)]);
    }

    static LayerParameter Positive(string name, string byDefault) => LayerParameter.Number(name, byDefault, "be positive", x => x > 0 && double.IsFinite(x));

    static LayerKind Pooling(string name, Func<int, int, int, ILayer> make) => new(name,
        [LayerParameter.Whole("size", "2"), LayerParameter.Whole("stride", ""), LayerParameter.Whole("padding", "0", least: 0)], (values, input) =>
        {
            int size = Whole(values["size"]), stride = values.TryGetValue("stride", out string? text) ? Whole(text) : size, padding = Whole(values["padding"]);
            if (2 * padding > size)
            {
                throw new BadInputException($"a padding is at most half of the size {size}, got {padding}");
            }

            RequireRoom(input, size, padding);
            return make(size, stride, padding);
        });

    static Linear MakeLinear(IReadOnlyDictionary<string, string> values, Shape input)
    {
        if (input.Rank != 1)
        {
            throw new BadInputException($"expects a vector, gets an image {input}; put flatten or global_average_pool before it");
        }

        RequireCount(values, "inputs", input[0]);
        return new Linear(input[0], Whole(values["outputs"]));
    }

    static Conv2d MakeConv(IReadOnlyDictionary<string, string> values, Shape input)
    {
        int kernel = Whole(values["kernel"]), padding = values["padding"] == Same ? (kernel - 1) / 2 : Whole(values["padding"]);
        RequireRoom(input, kernel, padding);
        RequireCount(values, "channels", input[2]);
        return new Conv2d(input[2], Whole(values["filters"]), kernel, Whole(values["stride"]), padding, values["bias"] == "true");
    }

    static ILayer RequireImage(Shape input, ILayer layer) => input.Rank == 3 ? layer
        : throw new BadInputException($"expects an image [height, width, channels], gets a vector {input}");

    static void RequireRoom(Shape input, int window, int padding)
    {
        _ = RequireImage(input, new Flatten());
        if (Math.Min(input[0], input[1]) + (2 * padding) < window)
        {
            throw new BadInputException($"a window of {window}×{window} with padding {padding} does not fit into {input}");
        }
    }

    static void RequireCount(IReadOnlyDictionary<string, string> values, string name, int count)
    {
        if (values.TryGetValue(name, out string? text) && Whole(text) != count)
        {
            throw new BadInputException($"expects {text} {name}, gets {count}");
        }
    }

    static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
