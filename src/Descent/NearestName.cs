namespace Descent;

/// <summary>Finds the known name that a mistyped one most probably meant.</summary>
public static class NearestName
{
    /// <summary>The sentence that ends a message about an unknown name: <c> Did you mean "x"? Known: a, b, x.</c>, starting with a blank.
    /// A suggestion is made when at most a third of the letters (at least one, at most three) were changed, added, lost or swapped.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        var names = known.ToList();
        var list = names.Count == 0 ? "" : $" Known: {string.Join(", ", names)}.";
        return Find(given, names) is { } nearest ? $" Did you mean \"{nearest}\"?{list}" : list;
    }

    /// <summary>The nearest of the known names, or null where none is near. The earlier one wins a tie.</summary>
    public static string? Find(string given, IEnumerable<string> known)
    {
        int limit = Math.Clamp(given.Length / 3, 1, 3);
        return known.Select(name => (name, distance: Distance(given, name))).Where(x => x.distance <= limit)
            .OrderBy(x => x.distance).Select(x => x.name).FirstOrDefault();
    }

    /// <summary>The optimal-string-alignment distance: insertions, deletions, substitutions and swaps of neighbours, letter case ignored.</summary>
    public static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Cell(i, j);
            }
        }

        return rows[a.Length, b.Length];

        int Cell(int i, int j)
        {
            bool isSame = Same(i - 1, j - 1);
            int best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (isSame ? 0 : 1));
            bool isSwap = i > 1 && j > 1 && Same(i - 1, j - 2) && Same(i - 2, j - 1);
            return isSwap ? Math.Min(best, rows[i - 2, j - 2] + 1) : best;
        }

        bool Same(int i, int j) => char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]);
    }
}
