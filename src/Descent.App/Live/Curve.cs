namespace Descent.App.Live;

/// <summary>A series of any length in a row of characters: each shows the mean of its share, high where the value is high, on a logarithmic
/// scale.</summary>
/// <remarks>Keeps a bounded number of sums: when they are full, neighbours are joined and each stands for twice as many values.</remarks>
sealed class Curve
{
    const int Capacity = 256;
    const string Levels = "▁▂▃▄▅▆▇█";

    readonly double[] sums = new double[Capacity];
    long valuesEach = 1;
    long count;

    /// <summary>Adds the next value; one that is not positive and finite leaves a gap.</summary>
    public void Add(double value)
    {
        if (count == Capacity * valuesEach)
        {
            for (int i = 0; i < Capacity / 2; i++)
            {
                sums[i] = sums[2 * i] + sums[(2 * i) + 1];
            }

            Array.Clear(sums, Capacity / 2, Capacity / 2);
            valuesEach *= 2;
        }

        sums[count / valuesEach] += value;
        count++;
    }

    /// <summary>The curve in at most <paramref name="width"/> characters; empty before the first value.</summary>
    public string Draw(int width)
    {
        int filled = (int)((count + valuesEach - 1) / valuesEach);
        int columns = Math.Min(width, filled);
        var logarithms = new double[Math.Max(columns, 0)];
        for (int column = 0; column < columns; column++)
        {
            int begin = (int)((long)column * filled / columns), end = (int)((column + 1L) * filled / columns);
            long values = Math.Min(end * valuesEach, count) - (begin * valuesEach);
            logarithms[column] = Math.Log(sums.AsSpan(begin, end - begin).ToArray().Sum() / values);
        }

        var drawable = logarithms.Where(double.IsFinite).ToList();
        if (drawable.Count == 0)
        {
            return "";
        }

        double low = drawable.Min(), range = Math.Max(drawable.Max() - low, 1e-9);
        return string.Concat(logarithms.Select(x =>
            double.IsFinite(x) ? Levels[(int)Math.Min(Levels.Length - 1, (x - low) / range * Levels.Length)] : ' '));
    }
}
