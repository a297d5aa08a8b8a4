namespace Descent.Layers;

/// <summary>An entry of the catalog of initializations.</summary>
/// <param name="Name">The name in studies and commands.</param>
/// <param name="Summary">One line for lists: the distribution of weights and biases.</param>
/// <param name="Options">What may be set.</param>
public sealed record InitializationScheme(string Name, string Summary, IReadOnlyList<InitializationOption> Options,
    Func<IReadOnlyDictionary<string, string>, Initialization> Create)
{
    /// <summary>The scheme with the given settings, defaults for the others.</summary>
    /// <exception cref="BadInputException">There is no such option, or its value breaks the option's rule.</exception>
    public Initialization Bind(IReadOnlyDictionary<string, string> given)
    {
        var names = Options.Select(option => option.Name).ToList();
        if (given.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new BadInputException($"initialization {Name} has no option \"{unknown}\".{NearestName.Hint(unknown, names)}");
        }

        return Create(Options.ToDictionary(option => option.Name, option => !given.TryGetValue(option.Name, out var text)
            ? option.Default
            : option.Canonicalize(text.Trim())
                ?? throw new BadInputException($"initialization {Name}: {option.Name} must {option.Rule}, got {text}.")));
    }
}

/// <param name="Rule">What must hold, as it ends a sentence that begins with the option's name.</param>
/// <param name="Canonicalize">From a user's text to the one text that means the same, or null where the rule is broken.</param>
public sealed record InitializationOption(string Name, string Default, string Rule, Func<string, string?> Canonicalize);
