using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Descent.App.Options;

/// <summary>Options whose values are checked while the command line is read, with one sentence for what is wrong.</summary>
static class ParsedOption
{
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

    /// <summary>A seed; null when the option is not given.</summary>
    public static Option<ulong?> Seed(string name, string description) => Create<ulong?>(name, "n", description,
        text => SeedOf(text), text => $"{name} must be a whole number of at least 0, got \"{text}\".");

    /// <summary>Different seeds with commas between them; null when the option is not given.</summary>
    public static Option<ulong[]?> Seeds(string name, string description) => Create(name, "0,1,2", description,
        text => text.Split(',').Select(part => SeedOf(part.Trim())).ToList() is var seeds && seeds.TrueForAll(seed => seed is not null)
            && seeds.Distinct().Count() == seeds.Count ? seeds.Select(seed => seed!.Value).ToArray() : null,
        text => $"{name} must be different whole numbers with commas between them, got \"{text}\".");

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

    static ulong? SeedOf(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : null;
}
