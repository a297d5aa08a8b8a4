namespace Descent.Formats;

/// <summary>The tensors by name that a PyTorch file holds.</summary>
/// <param name="Key">Where they lie in the file's dictionary, as <c>"state_dict"</c> of a checkpoint; null where they are all that it holds.</param>
/// <param name="Tensors">In the file's order; no name comes twice.</param>
sealed record PyTorchStateDict(string? Key, IReadOnlyList<(string Name, PyTorchTensor Tensor)> Tensors)
{
    const int MostListed = 5;

    /// <summary>Finds them in the object of a file's pickle: the dictionary itself, or, where it holds other things, the one dictionary of tensors alone that is a value of it.</summary>
    /// <exception cref="FormatException">There are none or several; with the end of a sentence about the file.</exception>
    public static PyTorchStateDict In(object? root)
    {
        var outer = root as PickleDictionary ?? throw new FormatException("holds no tensors by name");
        if (outer.Pairs.All(IsTensor))
        {
            return new(null, TensorsOf(outer));
        }

        // A hostile file could have one dictionary a million times as a value: each is looked at once.
        var inner = outer.Pairs.Where(pair => pair is { Key: string, Value: PickleDictionary { Pairs.Count: > 0 } })
            .DistinctBy(pair => pair.Value, ReferenceEqualityComparer.Instance)
            .Where(pair => ((PickleDictionary)pair.Value!).Pairs.All(IsTensor)).ToList();
        return inner switch
        {
            [{ Key: string key, Value: PickleDictionary tensors }] => new(key, TensorsOf(tensors)),
            [] => throw new FormatException(outer.Pairs.Any(IsTensor) ? $"has the entry {Names(outer.Pairs.Where(pair => !IsTensor(pair)).Take(1))}, which is no tensor"
                : $"holds no dictionary of tensors, but {Names(outer.Pairs)}"),
            _ => throw new PyTorchFormatException($"holds {inner.Count} state dicts, {Names(inner)}",
                $"torch.save(torch.load(FILE, map_location=\"cpu\")[{Names(inner.Take(1))}], \"weights.pth\")"),
        };
    }

    static bool IsTensor(KeyValuePair<object?, object?> pair) => pair is { Key: string, Value: PyTorchTensor };

    static List<(string, PyTorchTensor)> TensorsOf(PickleDictionary state)
    {
        var tensors = new List<(string, PyTorchTensor)>();
        var names = new HashSet<string>();
        foreach (var (key, value) in state.Pairs)
        {
            string name = (string)key!;
            tensors.Add(names.Add(name) ? (name, (PyTorchTensor)value!) : throw new FormatException($"has two tensors named \"{Excerpt.Of(name)}\""));
        }

        return tensors;
    }

    static string Names(IEnumerable<KeyValuePair<object?, object?>> pairs)
    {
        var names = pairs.Select(pair => pair.Key is string name ? $"\"{Excerpt.Of(name)}\"" : pair.Key is long number ? $"{number}" : "a key that is no text").ToList();
        return string.Join(", ", names.Take(MostListed)) + (names.Count > MostListed ? $" and {names.Count - MostListed} more" : "");
    }
}
