using System.Globalization;
using Descent.Formats;

namespace Descent.Data.Own;

/// <summary>Columns of a table: of numbers where all of a column's fields are, else of texts.</summary>
/// <param name="Path">The file.</param>
/// <param name="RowCount">Rows that are kept.</param>
/// <param name="DroppedCount">Rows that were left out because of a missing value.</param>
sealed record CsvTable(string Path, IReadOnlyList<CsvColumn> Columns, int RowCount, int DroppedCount)
{
    static readonly string[] missing = ["", "NA", "N/A", "NaN", "nan", "null", "?"];

    /// <summary>Reads the file twice: first to see which columns are numbers, so that no column is ever held as texts that is not to be.</summary>
    /// <param name="wanted">Chooses from the names of the columns.</param>
    /// <param name="dropsMissing">Whether rows with a missing value in these columns are left out; else they are refused.</param>
    /// <exception cref="BadInputException">The file is damaged, or a value is missing or not finite.</exception>
    public static CsvTable Read(string path, Func<IReadOnlyList<string>, IReadOnlyList<int>> wanted, bool dropsMissing)
    {
        IReadOnlyList<int> places;
        bool[] areNumbers;
        int dropped = 0;
        var rows = new List<bool>();
        using (var reader = new CsvReader(path))
        {
            places = wanted(reader.Names);
            areNumbers = [.. places.Select(_ => true)];
            while (reader.ReadRow())
            {
                int gap = places.FirstOrDefault(place => missing.Contains(reader.Row[place]), -1);
                if (gap >= 0 && !dropsMissing)
                {
                    throw reader.Mistake($"column \"{reader.Names[gap]}\" has no value; fill it in, or say missing: drop to leave such rows out");
                }

                rows.Add(gap < 0);
                dropped += gap < 0 ? 0 : 1;
                for (int i = 0; i < places.Count && gap < 0; i++)
                {
                    areNumbers[i] &= IsNumber(reader.Row[places[i]]);
                }
            }
        }

        if (rows.Count == dropped)
        {
            throw new BadInputException($"{path} has no rows{(dropped > 0 ? " without a missing value" : "")}.");
        }

        return new(path, Fill(path, places, areNumbers, rows, rows.Count - dropped), rows.Count - dropped, dropped);
    }

    public CsvColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    static CsvColumn[] Fill(string path, IReadOnlyList<int> places, bool[] areNumbers, List<bool> rows, int count)
    {
        using var reader = new CsvReader(path);
        CsvColumn[] columns = [.. places.Select((place, i) => new CsvColumn(reader.Names[place], count, areNumbers[i]))];
        int kept = 0;
        foreach (bool isKept in rows)
        {
            if (!reader.ReadRow())
            {
                throw new BadInputException($"{path} has changed while it was read.");
            }

            for (int i = 0; i < places.Count && isKept; i++)
            {
                columns[i].Set(kept, reader.Row[places[i]]);
            }

            kept += isKept ? 1 : 0;
        }

        return columns;
    }

    static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);
}

/// <summary>A column: numbers, or texts as places among the different ones.</summary>
sealed class CsvColumn(string name, int count, bool isNumber)
{
    readonly Dictionary<string, int> places = [];

    public string Name { get; } = name;

    /// <summary>Null where it is texts.</summary>
    public double[]? Numbers { get; } = isNumber ? new double[count] : null;

    /// <summary>Of each row a place among <see cref="Texts"/>; also of numbers as they are written, of which classes may be.</summary>
    public int[] Places { get; } = new int[count];

    /// <summary>The different texts, in the order in which they came.</summary>
    public IReadOnlyList<string> Texts => [.. places.Keys];

    public void Set(int row, string text)
    {
        if (Numbers is not null)
        {
            Numbers[row] = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        // Of numbers beyond what classes may be nothing is kept.
        if (Numbers is null || places.Count <= LabeledImages.MostClasses || places.ContainsKey(text))
        {
            Places[row] = places.TryGetValue(text, out int place) ? place : places[text] = places.Count;
        }
    }
}
