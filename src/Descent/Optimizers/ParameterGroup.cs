using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>Parameters that get other values of some hyperparameters than the rest.</summary>
/// <param name="Match">Which parameters; where several groups match one, the later ones win.</param>
/// <param name="Hyperparameters">Of the same rule, by name: numbers, truth values or texts.</param>
public sealed record ParameterGroup(ParameterMatch Match, IReadOnlyDictionary<string, object> Hyperparameters);

/// <summary>A condition on the facts of a parameter; all parts that are given must hold.</summary>
public sealed record ParameterMatch
{
    static readonly (string Word, ParameterTraits Trait)[] words =
    [
        ("weight", ParameterTraits.Weight), ("bias", ParameterTraits.Bias), ("normalization", ParameterTraits.Normalization),
        ("first-layer", ParameterTraits.FirstLayer), ("head", ParameterTraits.Head),
    ];

    /// <summary>The words that <see cref="Is"/> may hold.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. words.Select(x => x.Word)];

    /// <summary>What the parameter must be one of; none: anything.</summary>
    public IReadOnlyList<string> Is { get; init; } = [];

    /// <summary>How many axes it must have, one of these; none: any number.</summary>
    public IReadOnlyList<int> Ranks { get; init; } = [];

    /// <summary>Patterns of names, one of which must fit; <c>*</c> stands for any letters. None: any name.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <exception cref="BadInputException">A word is not known.</exception>
    public bool Holds(ParameterInfo parameter) =>
        (Is.Count == 0 || Is.Any(word => parameter.Traits.HasFlag(Trait(word))))
        && (Ranks.Count == 0 || Ranks.Contains(parameter.Shape.Rank))
        && (Names.Count == 0 || Names.Any(pattern => Fits(parameter.Name, pattern)));

    static ParameterTraits Trait(string word) => words.FirstOrDefault(x => x.Word == word) is { Word: not null } found ? found.Trait
        : throw new BadInputException($"A parameter is not \"{word}\".{NearestName.Hint(word, Words)}");

    static bool Fits(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
        {
            return name.SequenceEqual(pattern);
        }

        if (!name.StartsWith(pattern[..star]))
        {
            return false;
        }

        var rest = pattern[(star + 1)..];
        for (int start = star; start <= name.Length; start++)
        {
            if (Fits(name[start..], rest))
            {
                return true;
            }
        }

        return false;
    }
}
