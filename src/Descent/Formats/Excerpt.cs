namespace Descent.Formats;

/// <summary>What messages show of names and shapes out of files, which may be of any length.</summary>
static class Excerpt
{
    const int MostLetters = 120, MostAxes = 8;

    /// <summary>A text, cut where it is long.</summary>
    public static string Of(string text) => text.Length <= MostLetters ? text : $"{text[..MostLetters]}… ({text.Length} characters)";

    /// <summary>Sizes in brackets; of many axes the first eight and how many there are.</summary>
    public static string OfShape<T>(IReadOnlyCollection<T> sizes) => sizes.Count <= MostAxes
        ? $"[{string.Join(", ", sizes)}]"
        : $"[{string.Join(", ", sizes.Take(MostAxes))}, … {sizes.Count} axes]";
}
