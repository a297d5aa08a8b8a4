using System.Globalization;

namespace Descent.Layers;

/// <summary>The initializations that Descent knows by name.</summary>
public static class InitializationCatalog
{
    static readonly InitializationOption Scale = new("scale", "0.01", "be a positive number", Positive);
    static readonly InitializationOption Distribution = Choice("distribution", "normal", ["normal", "uniform"]);
    static readonly InitializationOption Fan = Choice("fan", "in", ["in", "out", "average"]);
    static readonly string[] Gains = [.. Activation.All.Select(activation => activation.Name), "linear", "activation"];
    static readonly InitializationOption Gain = new("gain", "relu", $"be a positive number or one of {string.Join(", ", Gains)}",
        text => Gains.Contains(text) ? text : Positive(text));

    public static IReadOnlyList<InitializationScheme> All { get; } =
    [
        new("zero", "All parameters 0.", [], _ => new ZeroInitialization()),
        new("normal", "Weights N(0, scale²), the last layer's too; biases 0. Also called random.", [Scale],
            options => new NormalInitialization(Number(options["scale"]))),
        new("uniform", "Weights U(−scale, scale), the last layer's too; biases 0.", [Scale],
            options => new UniformInitialization(Number(options["scale"]))),
        new("he", "Weights of standard deviation gain/√fan, the last layer's too (√(2/fan_in) by default); biases 0.",
            [Fan, Distribution, Gain], options => Fans("he", options)),
        new("xavier", "Weights of standard deviation gain/√fan, the last layer's too (fan: mean of in and out, uniform, by default); biases 0.",
            [Fan with { Default = "average" }, Distribution with { Default = "uniform" }, Gain with { Default = "linear" }],
            options => Fans("xavier", options)),
        new("pytorch", "Weights and biases U(−1/√fan_in, 1/√fan_in), the last layer's too: what torch.nn.Linear does by itself.", [],
            _ => new PyTorchInitialization()),
    ];

    /// <summary>The scheme of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public static InitializationScheme Find(string name) => All.FirstOrDefault(scheme => scheme.Name == (name == "random" ? "normal" : name))
        ?? throw new BadInputException($"There is no initialization \"{name}\".{NearestName.Hint(name, All.Select(scheme => scheme.Name))}");

    /// <summary>The initialization that a text means: <c>he</c>, or <c>he(fan=out, gain=tanh)</c>. Reads what <see cref="Initialization.Canonical"/> writes.</summary>
    /// <exception cref="BadInputException">The text has another form, an unknown name, or a value out of range.</exception>
    public static Initialization Parse(string text)
    {
        int open = text.IndexOf('(');
        if (open < 0)
        {
            return Find(text.Trim()).Bind(new Dictionary<string, string>());
        }

        var scheme = Find(text[..open].Trim());
        var options = new Dictionary<string, string>();
        var inner = text[(open + 1)..].TrimEnd();
        bool isClosed = inner.EndsWith(')');
        foreach (var part in inner.TrimEnd(')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var sides = part.Split('=', StringSplitOptions.TrimEntries);
            isClosed &= sides.Length == 2 && options.TryAdd(sides[0], sides[^1]);
        }

        return isClosed ? scheme.Bind(options)
            : throw new BadInputException($"initialization {text}: the form is {scheme.Name}(option=value, option=value), each option once.");
    }

    static FanInitialization Fans(string scheme, IReadOnlyDictionary<string, string> options) =>
        new(scheme, options["fan"], options["distribution"], options["gain"]);

    static InitializationOption Choice(string name, string first, string[] choices) =>
        new(name, first, $"be one of {string.Join(", ", choices)}", text => choices.Contains(text) ? text : null);

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static string? Positive(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value)
            ? value.ToString("R", CultureInfo.InvariantCulture)
            : null;
}
