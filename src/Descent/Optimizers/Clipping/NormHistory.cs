using System.Globalization;

namespace Descent.Optimizers.Clipping;

/// <summary>The last norms, in the order in which they came, and by size.</summary>
/// <param name="window">How many are kept.</param>
sealed class NormHistory(long window)
{
    readonly Queue<double> norms = new();
    readonly List<double> sorted = [];

    public void Add(double norm)
    {
        norms.Enqueue(norm);
        Insert(norm);
        if (norms.Count > window)
        {
            sorted.RemoveAt(sorted.BinarySearch(norms.Dequeue()));
        }
    }

    /// <summary>The value below which so many percent lie, between two neighbours on the line between them.</summary>
    public double Percentile(double percent)
    {
        double place = percent / 100 * (sorted.Count - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>The norms, the oldest first, so that they read back to the same bits.</summary>
    public string ToText() => string.Join(' ', norms.Select(norm => norm.ToString("R", CultureInfo.InvariantCulture)));

    /// <exception cref="BadInputException">A norm is not a number, or there are more than are kept.</exception>
    public void Restore(string text)
    {
        norms.Clear();
        sorted.Clear();
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words)
        {
            if (words.Length > window || !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double norm)
                || !double.IsFinite(norm))
            {
                throw new BadInputException($"A checkpoint's history of norms must be at most {window} numbers, got {words.Length}, among them \"{word}\".");
            }

            Add(norm);
        }
    }

    void Insert(double norm)
    {
        int found = sorted.BinarySearch(norm);
        sorted.Insert(found < 0 ? ~found : found, norm);
    }
}

/// <summary>In [0, 100].</summary>
public sealed class PercentageAttribute : RangeAttribute
{
    public override string Rule => "lie in [0, 100]";

    public override bool Contains(double value) => value is >= 0 and <= 100;
}
