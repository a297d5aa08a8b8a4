using System.Text;

namespace Descent.Formats;

/// <summary>Reads a table of separated values row by row: RFC 4180, with commas, semicolons or tabs, whichever stands first in the first line outside of quotes.</summary>
/// <remarks>Empty lines are passed over. Blanks around a field without quotes do not belong to it.</remarks>
sealed class CsvReader : IDisposable
{
    const int LongestField = 1 << 20, MostFields = 1 << 16;
    const char Quote = '"';

    static readonly char[] separators = [',', ';', '\t'];

    readonly string path;
    readonly StreamReader text;
    readonly StringBuilder field = new();
    readonly List<string> row = [];
    char? separator;
    int line = 1;

    /// <summary>Reads the first row, which names the columns.</summary>
    /// <exception cref="BadInputException">The file cannot be read, has no rows, or its first row does not name columns.</exception>
    public CsvReader(string path)
    {
        this.path = path;
        text = new StreamReader(InputFile.Open(path, bufferSize: 1 << 16), Encoding.UTF8);
        if (!ReadRow())
        {
            throw new BadInputException($"{path} is empty.");
        }

        Names = [.. row];
        if (Names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Mistake($"two columns are named \"{twice.Key}\"");
        }

        if (Names.All(name => double.TryParse(name, out _)))
        {
            throw Mistake("the first line must name the columns, and here are numbers");
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Where the row that was read last begins, the first line being 1.</summary>
    public int Line { get; private set; }

    /// <summary>The fields of the row that was read last; used again for the next one.</summary>
    public IReadOnlyList<string> Row => row;

    /// <summary>Reads the next row; false where there is none.</summary>
    /// <exception cref="BadInputException">It has not as many fields as there are columns, or a quote is not closed.</exception>
    public bool ReadRow()
    {
        do
        {
            Line = line;
            row.Clear();
            if (text.Peek() < 0)
            {
                return false;
            }

            while (ReadField())
            {
                if (row.Count > MostFields)
                {
                    throw Mistake($"a row has at most {MostFields} fields");
                }
            }
        }
        while (row is [""]);

        return Names is null || row.Count == Names.Count ? true : throw Mistake($"{row.Count} fields, and {Names.Count} columns are named");
    }

    public void Dispose() => text.Dispose();

    /// <summary>A mistake in the row that was read last.</summary>
    public BadInputException Mistake(string what) => new($"{path}, line {Line}: {what}.");

    /// <summary>Adds a field to the row; false where it is the row's last.</summary>
    bool ReadField()
    {
        _ = field.Clear();
        bool isQuoted = false;
        while (true)
        {
            int letter = text.Read();
            if (letter == Quote && field.ToString().Trim().Length == 0 && !isQuoted)
            {
                isQuoted = true;
                _ = field.Clear();
                ReadQuoted();
                continue;
            }

            bool isEnd = letter is < 0 or '\n' || (letter == '\r' && (text.Peek() != '\n' || text.Read() == '\n'));
            if (isEnd || IsSeparator(letter))
            {
                line += isEnd && letter >= 0 ? 1 : 0;
                row.Add(isQuoted ? field.ToString() : field.ToString().Trim());
                return !isEnd;
            }

            if (isQuoted)
            {
                _ = letter == ' ' ? field : throw Mistake("text stands behind a closing quote");
                continue;
            }

            Append(letter);
        }
    }

    /// <summary>The rest of a field behind its opening quote, up to the closing one.</summary>
    void ReadQuoted()
    {
        while (true)
        {
            int letter = text.Read();
            if (letter < 0)
            {
                throw Mistake("a quote is not closed");
            }

            if (letter == Quote && text.Peek() != Quote)
            {
                return;
            }

            // Of two quotes the second stands for both.
            letter = letter == Quote ? text.Read() : letter;
            line += letter == '\n' ? 1 : 0;
            Append(letter);
        }
    }

    void Append(int letter) => _ = field.Length < LongestField ? field.Append((char)letter) : throw Mistake($"a field has at most {LongestField} letters");

    bool IsSeparator(int letter)
    {
        if (separator is null && separators.Contains((char)letter))
        {
            separator = (char)letter;
        }

        return letter == separator;
    }
}
