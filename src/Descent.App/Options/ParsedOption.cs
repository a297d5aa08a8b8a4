using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Descent.App.Options;

/// <summary>Options whose values are checked while the command line is read, with one sentence for what is wrong.</summary>
static class ParsedOption
{
    const double LongestSeconds = 3_600_000, MostBytes = 1e15;

    static readonly (string Unit, double Value)[] durations = [("s", 1), ("m", 60), ("h", 3600)];

    static readonly (string Unit, double Value)[] sizes =
        [("kB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1L << 40)];

    /// <summary>A switch of all commands.</summary>
    public static Option<bool> Everywhere(string name, string description) => new(name) { Description = description, Recursive = true };

    /// <summary>Any text; null when the option is not given.</summary>
    public static Option<string?> Text(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = helpName, Description = description };

    /// <summary>Any texts, one for each time that the option is given.</summary>
    public static Option<string[]?> Repeated(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Arity = ArgumentArity.OneOrMore };

    /// <summary>The same for all commands.</summary>
    public static Option<string[]?> RepeatedEverywhere(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description, Arity = ArgumentArity.OneOrMore, Recursive = true };

    /// <summary>A whole number between two others; null when the option is not given.</summary>
    public static Option<int?> WholeNumber(string name, string description, int minimum = 1, int maximum = int.MaxValue) => Create<int?>(
        name, "n", description,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= minimum && value <= maximum
            ? value : null,
        text => $"{name} must be a whole number of at least {minimum}"
            + $"{(maximum < int.MaxValue ? $" and at most {maximum}" : "")}, got \"{text}\".");

    /// <summary>A number above 0 and at most 1; null when the option is not given.</summary>
    public static Option<double?> Share(string name, string description) => Create<double?>(name, "x", description,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value is > 0 and <= 1 ? value : null,
        text => $"{name} must be a number above 0 and at most 1, got \"{text}\".");

    /// <summary>A finite number above 0; null when the option is not given.</summary>
    public static Option<double?> PositiveNumber(string name, string description) => Create<double?>(name, "x", description,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value) ? value : null,
        text => $"{name} must be a number above 0, got \"{text}\".");

    /// <summary>A seed; null when the option is not given.</summary>
    public static Option<ulong?> Seed(string name, string description) => Create<ulong?>(name, "n", description,
        text => SeedOf(text), text => $"{name} must be a whole number of at least 0, got \"{text}\".");

    /// <summary>Different seeds with commas between them; null when the option is not given.</summary>
    public static Option<ulong[]?> Seeds(string name, string description) => Create(name, "0,1,2", description,
        text => text.Split(',').Select(part => SeedOf(part.Trim())).ToList() is var seeds && seeds.TrueForAll(seed => seed is not null)
            && seeds.Distinct().Count() == seeds.Count ? seeds.Select(seed => seed!.Value).ToArray() : null,
        text => $"{name} must be different whole numbers with commas between them, got \"{text}\".");

    /// <summary>A time, as in <c>90s</c>, <c>30m</c>, <c>1.5h</c>; null when the option is not given.</summary>
    public static Option<TimeSpan?> Duration(string name, string description) => Create<TimeSpan?>(name, "30m", description,
        text => Measure(text, durations) is { } seconds and > 0 and <= LongestSeconds ? TimeSpan.FromSeconds(seconds) : null,
        text => $"{name} must be a time above 0 and at most 1000h, as in 90s, 30m or 2h, got \"{text}\".");

    /// <summary>An amount of memory, as in <c>500MB</c> or <c>4GB</c>, in powers of 1000, or <c>4GiB</c> in those of 1024; null when the option is not
    /// given.</summary>
    public static Option<long?> Bytes(string name, string description) => Create<long?>(name, "4GB", description,
        text => Measure(text, sizes) is { } bytes and > 0 and <= MostBytes ? (long)bytes : null,
        text => $"{name} must be an amount of memory, as in 500MB, 4GB or 4GiB, got \"{text}\".");

    /// <summary>One of a few names; null when the option is not given.</summary>
    public static Option<string?> Choice(string name, string description, params IReadOnlyList<string> choices) => Create(
        name, string.Join('|', choices), description, text => choices.Contains(text) ? text : null,
        text => $"{name} has no choice \"{text}\".{NearestName.Hint(text, choices)}");

    /// <param name="parse">Null for a text that is wrong.</param>
    /// <param name="complain">What is wrong with a text.</param>
    static Option<T?> Create<T>(string name, string helpName, string description, Func<string, T?> parse, Func<string, string> complain)
    {
        return new(name) { HelpName = helpName, Description = description, CustomParser = Parse };

        T? Parse(ArgumentResult result)
        {
            string text = result.Tokens[0].Value;
            var value = parse(text);
            if (value is null)
            {
                result.AddError(complain(text));
            }

            return value;
        }
    }

    /// <summary>A number with a unit behind it; null for anything else.</summary>
    static double? Measure(string text, (string Unit, double Value)[] units)
    {
        string number = text.TrimEnd([.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"]);
        var unit = units.FirstOrDefault(one => string.Equals(one.Unit, text[number.Length..], StringComparison.OrdinalIgnoreCase));
        return unit.Unit is not null && double.TryParse(number.TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            ? value * unit.Value : null;
    }

    static ulong? SeedOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : null;
}
