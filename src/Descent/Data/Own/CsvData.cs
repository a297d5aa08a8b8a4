namespace Descent.Data.Own;

/// <summary>A table: rows are images of one pixel. A column of numbers is one input; one of texts is as many as it has different ones, of which that of the row's text is 1 and
/// the others are 0.</summary>
static class CsvData
{
    // Beyond it a text is a name or a number of its own for each row, of which nothing can be learned.
    const int MostTexts = 100;

    public static OwnDataContent Read(OwnData data, string path, string? testPath)
    {
        CsvTable table = CsvTable.Read(path, names => Wanted(data, path, names), data.DropsMissing);
        string[] labels = [.. Labels(data, table)];
        Input[] inputs = [.. table.Columns.Where(column => !labels.Contains(column.Name)).Select(column => Encode(table, column))];
        string[] names = [.. inputs.SelectMany(input => input.Texts is null ? [input.Name] : input.Texts.Select(text => $"{input.Name}={text}"))];
        string[] classes = data.HasNumbers ? labels : Classes(table, labels[0]);
        var test = testPath is null ? null : CsvTable.Read(testPath, known => Places(testPath, known, [.. table.Columns.Select(column => column.Name)]), data.DropsMissing);
        return new(Images(table, inputs, names.Length, labels, classes, data.HasNumbers),
            test is null ? null : Images(test, inputs, names.Length, labels, classes, data.HasNumbers), classes, names)
        {
            DroppedCount = table.DroppedCount + (test?.DroppedCount ?? 0),
        };
    }

    static int[] Wanted(OwnData data, string path, IReadOnlyList<string> names)
    {
        string[] labels = data.Labels.Count > 0 ? [.. data.Labels] : [names[^1]];
        _ = Places(path, names, data.Ignored);
        string[] inputs = data.Inputs.Count > 0 ? [.. data.Inputs] : [.. names.Where(name => !labels.Contains(name) && !data.Ignored.Contains(name))];
        return inputs.Length == 0 ? throw new BadInputException($"{path} has no column beside \"{labels[0]}\" to tell it from.")
            : inputs.FirstOrDefault(labels.Contains) is { } both ? throw new BadInputException($"Column \"{both}\" is the label, so it cannot be an input.")
            : Places(path, names, [.. inputs, .. labels]);
    }

    static int[] Places(string path, IReadOnlyList<string> names, IReadOnlyList<string> wanted) => [.. wanted.Select(name =>
        names.ToList().IndexOf(name) is >= 0 and var place ? place : throw new BadInputException($"{path} has no column \"{name}\".{NearestName.Hint(name, names)}"))];

    /// <summary>They were asked for last.</summary>
    static IEnumerable<string> Labels(OwnData data, CsvTable table) =>
        table.Columns.Skip(table.Columns.Count - Math.Max(1, data.Labels.Count)).Select(column => column.Name);

    static Input Encode(CsvTable table, CsvColumn column) => column.Numbers is not null ? new(column.Name, null)
        : column.Texts.Count <= MostTexts ? new(column.Name, ClassLabels.InOrder(column.Texts))
        : throw new BadInputException($"{table.Path}: column \"{column.Name}\" has {column.Texts.Count} different texts, of which at most {MostTexts} can be inputs; "
            + $"leave it out (ignore: [{column.Name}]).");

    static string[] Classes(CsvTable table, string label)
    {
        var column = table.Find(label)!;
        string[] classes = ClassLabels.InOrder(column.Texts);
        ClassLabels.RequireReasonable($"{table.Path}: column \"{label}\"", classes.Length);
        return classes;
    }

    static LabeledImages Images(CsvTable table, Input[] inputs, int width, string[] labels, string[] classes, bool hasNumbers)
    {
        if ((long)table.RowCount * width > Array.MaxLength / sizeof(double))
        {
            throw new BadInputException($"{table.Path} has {table.RowCount} rows of {width} inputs: too many to be held at once.");
        }

        var values = new double[table.RowCount * width];
        int at = 0;
        foreach (var input in inputs)
        {
            at += Fill(table, input, values, at, width);
        }

        var shape = new ImageShape(1, 1, width);
        if (hasNumbers)
        {
            return new(shape, new RealValues(values), new byte[table.RowCount], classCount: 1) { Targets = Targets(table, labels) };
        }

        var label = table.Find(labels[0])!;
        byte[] ofText = [.. label.Texts.Select(text => ClassLabels.Find($"{table.Path}: column \"{label.Name}\"", classes, text))];
        return new(shape, new RealValues(values), [.. label.Places.Select(place => ofText[place])], classes.Length);
    }

    /// <summary>Writes a column's inputs to their places in every row, and returns how many they are.</summary>
    static int Fill(CsvTable table, Input input, double[] values, int at, int width)
    {
        var column = table.Find(input.Name)!;
        if (input.Texts is null)
        {
            double[] numbers = column.Numbers ?? throw new BadInputException($"{table.Path}: column \"{input.Name}\" holds texts, that of the data to train on holds numbers.");
            for (int row = 0; row < numbers.Length; row++)
            {
                values[(row * width) + at] = numbers[row];
            }

            return 1;
        }

        int[] ofText = [.. column.Texts.Select(text => ClassLabels.Find($"{table.Path}: column \"{input.Name}\"", input.Texts, text))];
        for (int row = 0; row < column.Places.Length; row++)
        {
            values[(row * width) + at + ofText[column.Places[row]]] = 1;
        }

        return input.Texts.Length;
    }

    static NumberTargets Targets(CsvTable table, string[] labels)
    {
        double[][] columns = [.. labels.Select(label => table.Find(label)!.Numbers
            ?? throw new BadInputException($"{table.Path}: column \"{label}\" holds texts; numbers are to be told; say targets: classes where it names classes."))];
        return new([.. Enumerable.Range(0, table.RowCount).SelectMany(row => columns.Select(column => column[row]))], labels);
    }

    /// <param name="Texts">In order; null for numbers.</param>
    sealed record Input(string Name, string[]? Texts);
}
