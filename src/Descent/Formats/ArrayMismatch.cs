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
                throw new BadInputException($"{source} has two arrays named \"{Excerpt.Of(array.Name)}\".");
            }
        }

        var shapes = needed.ToDictionary(one => one.Name, one => one.Shape);
        string[] differences =
        [
            .. Listed("missing", needed.Count, needed.Where(one => !given.ContainsKey(one.Name)).Select(one => Text(one.Name, one.Shape))),
            .. Listed("not needed", arrays.Count, arrays.Where(array => !shapes.ContainsKey(array.Name)).Select(array => Text(array.Name, array.Shape))),
            .. Listed("of another shape", arrays.Count, arrays.Where(array => shapes.TryGetValue(array.Name, out var shape) && !shape.SequenceEqual(array.Shape))
                .Select(array => $"{Text(array.Name, array.Shape)} (needed {NamedArray.ShapeText(shapes[array.Name])})")),
            .. Listed("of another type", arrays.Count, arrays.Where(array => shapes.ContainsKey(array.Name) && array.Type != type)
                .Select(array => $"{Excerpt.Of(array.Name)} {array.Type} (needed {type})")),
        ];
        if (differences.Length > 0)
        {
            throw new BadInputException($"{source} does not fit the model; {string.Join("; ", differences)}.");
        }
    }

    /// <param name="kind">What is the matter with the items.</param>
    /// <param name="total">How many there are with those that are as they should be; said where not all can be listed.</param>
    static IEnumerable<string> Listed(string kind, int total, IEnumerable<string> items)
    {
        var all = items.ToList();
        if (all.Count > 0)
        {
            bool isCut = all.Count > MostListed;
            string listed = string.Join(", ", all.Take(MostListed));
            yield return isCut ? $"{kind} ({all.Count} of {total}): {listed} and {all.Count - MostListed} more" : $"{kind}: {listed}";
        }
    }

    static string Text(string name, IReadOnlyList<int> shape) => $"{Excerpt.Of(name)} {NamedArray.ShapeText(shape)}";
}
