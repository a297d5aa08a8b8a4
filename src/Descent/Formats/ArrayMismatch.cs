namespace Descent.Formats;

/// <summary>Compares the arrays of a file with those that are needed, and says all differences at once.</summary>
static class ArrayMismatch
{
    /// <summary>How many names of a kind are listed; a message about another model should fit on a screen.</summary>
    const int MostListed = 5;

    /// <exception cref="BadInputException">Names, shapes or types differ.</exception>
    public static void Require(string source, IReadOnlyList<NamedArray> arrays, IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> needed, ElementType type)
    {
        var given = new Dictionary<string, NamedArray>();
        foreach (var array in arrays)
        {
            if (!given.TryAdd(array.Name, array))
            {
                throw new BadInputException($"{source} has two arrays named \"{array.Name}\".");
            }
        }

        var shapes = needed.ToDictionary(one => one.Name, one => one.Shape);
        string[] differences =
        [
            .. Listed("missing", needed.Where(one => !given.ContainsKey(one.Name)).Select(one => Text(one.Name, one.Shape))),
            .. Listed("not needed", arrays.Where(array => !shapes.ContainsKey(array.Name)).Select(array => Text(array.Name, array.Shape))),
            .. Listed("of another shape", arrays.Where(array => shapes.TryGetValue(array.Name, out var shape) && !shape.SequenceEqual(array.Shape))
                .Select(array => $"{Text(array.Name, array.Shape)} (needed {NamedArray.ShapeText(shapes[array.Name])})")),
            .. Listed("of another type", arrays.Where(array => shapes.ContainsKey(array.Name) && array.Type != type)
                .Select(array => $"{array.Name} {array.Type} (needed {type})")),
        ];
        if (differences.Length > 0)
        {
            throw new BadInputException($"{source} does not fit the model; {string.Join("; ", differences)}.");
        }
    }

    static IEnumerable<string> Listed(string kind, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            string more = all.Count > MostListed ? $" and {all.Count - MostListed} more" : "";
            yield return $"{kind}: {string.Join(", ", all.Take(MostListed))}{more}";
        }
    }

    static string Text(string name, IReadOnlyList<int> shape) => $"{name} {NamedArray.ShapeText(shape)}";
}
