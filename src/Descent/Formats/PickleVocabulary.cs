namespace Descent.Formats;

/// <summary>Makes an object from the arguments that a pickle gives.</summary>
/// <exception cref="FormatException">The arguments are not those that are known.</exception>
delegate object? PickleCall(IReadOnlyList<object?> arguments);

/// <summary>The only names that a pickle may use, and what stands for each. Nothing else is looked up, so nothing of a pickle is ever run.</summary>
/// <param name="Calls">By <c>module.name</c>; null for a name that is only handed to others, as the class of an array.</param>
/// <param name="FindPersistent">What stands for a persistent id: data that lies outside of the pickle. Null: there is none.</param>
sealed record PickleVocabulary(IReadOnlyDictionary<string, PickleCall?> Calls, Func<object?, object?>? FindPersistent = null)
{
    /// <summary>Lists, tuples, dictionaries, texts, byte strings and numbers alone.</summary>
    public static PickleVocabulary None { get; } = new(new Dictionary<string, PickleCall?>());
}

/// <summary>A name of a vocabulary, as it lies in a pickle's memory.</summary>
sealed record PickleName(string Name, PickleCall? Call);

/// <summary>A pickle names what is in no vocabulary.</summary>
/// <param name="name">By <c>module.name</c>.</param>
/// <param name="isWhole">Whether the pickle begins with it: then all that it holds is one object of that class.</param>
sealed class UnknownPickleNameException(string name, bool isWhole) : FormatException($"names \"{name}\", which is not read here, and nothing is run")
{
    public string Name => name;

    public bool IsWhole => isWhole;
}

/// <summary>An object whose content comes after it was made.</summary>
interface IPickleState
{
    /// <exception cref="FormatException">The state is not one that is known.</exception>
    void SetState(object? state);
}
