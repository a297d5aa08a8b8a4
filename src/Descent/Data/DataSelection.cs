using System.Globalization;

namespace Descent.Data;

/// <summary>What <c>--data</c> asks for: a split, or a range of it in file order, first and last included.</summary>
public sealed record DataSelection(string Split, int? First, int? Last)
{
    const string Forms = "A selection is a split (train, validation, test), or a split and a range in file order, like train:0-1999.";

    /// <summary>Reads <c>train</c> or <c>train:0-1999</c>.</summary>
    /// <exception cref="BadInputException">The text is no selection.</exception>
    public static DataSelection Parse(string text)
    {
        string[] halves = text.Split(':', 2);
        if (!DataSplit.PartNames.Contains(halves[0]))
        {
            throw new BadInputException(
                $"\"{text}\": there is no split \"{halves[0]}\".{NearestName.Hint(halves[0], DataSplit.PartNames)}");
        }

        if (halves.Length == 1)
        {
            return new DataSelection(halves[0], null, null);
        }

        string[] ends = halves[1].Split('-');
        if (ends.Length != 2 || !TryIndex(ends[0], out int first) || !TryIndex(ends[1], out int last))
        {
            throw new BadInputException($"\"{text}\": \"{halves[1]}\" is not a range of two indices. {Forms}");
        }

        return first <= last ? new DataSelection(halves[0], first, last)
            : throw new BadInputException($"\"{text}\": the range ends at {last}, before its first index {first}.");
    }

    /// <summary>The images that are asked for.</summary>
    /// <exception cref="BadInputException">The range is not within the split.</exception>
    public DataPart From(DataSplit split)
    {
        var part = split.Part(Split);
        return First is { } first && Last is { } last ? part.Range(first, last) : part;
    }

    static bool TryIndex(string text, out int index) => int.TryParse(text, NumberStyles.None, null, out index);
}
