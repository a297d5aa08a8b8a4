using System.Text;

namespace Descent.Formats;

/// <summary>A dictionary of a pickle: pairs in the order in which they were stored. Keys are not hashed, so no choice of them can make reading slow.</summary>
sealed class PickleDictionary : IPickleState
{
    readonly List<KeyValuePair<object?, object?>> pairs = [];

    public IReadOnlyList<KeyValuePair<object?, object?>> Pairs => pairs;

    /// <summary>Appends a pair; Python 2's byte strings become texts, as Python 3 reads them with the encoding latin1.</summary>
    public void Add(object? key, object? value) => pairs.Add(new(Text(key) ?? key, value));

    /// <summary>The value of a text key, the last one where it comes twice, or null where it does not come.</summary>
    public object? Find(string key) => pairs.FindLast(pair => pair.Key is string name && name == key).Value;

    /// <summary>Attributes that hang on an ordered dictionary, as PyTorch's <c>_metadata</c>, are no data.</summary>
    public void SetState(object? state)
    {
    }

    /// <summary>The text of a text or of a byte string of Python 2; null for anything else.</summary>
    public static string? Text(object? value) => value as string ?? (value is ReadOnlyMemory<byte> bytes ? Encoding.Latin1.GetString(bytes.Span) : null);
}
