namespace Descent.Data.Own;

/// <summary>A user's own data: where they lie, and how files become inputs and labels.</summary>
public sealed record OwnData
{
    /// <summary>A CSV file, an NPZ file, or a folder with a folder of PNG pictures for each class; null where only the digest is known, as of a trial that is read from a
    /// store.</summary>
    public string? Path { get; init; }

    /// <summary>Where the images to test on lie, in the same form; null where they are drawn from the others, or where only the digest is known.</summary>
    public string? TestPath { get; init; }

    public required OwnDataKind Kind { get; init; }

    /// <summary>The columns with what is to be told: one of classes, or one or more of numbers. Of NPZ the array. Empty for the usual: the last column, the array
    /// <c>y</c>; of pictures the folder's name is the label.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The columns to tell it from, or the array; empty for the usual: all other columns, the array <c>x</c>.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>Columns that are not looked at.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether rows with a missing value are left out; else they are refused.</summary>
    public bool DropsMissing { get; init; }

    /// <summary>What pictures are brought to while they are read, see <see cref="PictureFit"/>; null where they are all of one size.</summary>
    public ImageSides? PictureSize { get; init; }

    /// <summary>Whether labels are numbers to be told and not classes.</summary>
    public bool HasNumbers { get; init; }

    /// <summary>Reads everything.</summary>
    /// <exception cref="BadInputException">A file is missing or damaged, or does not hold what it should.</exception>
    public OwnDataContent Read()
    {
        string path = Path ?? throw new BadInputException("Where the data of this problem lie is not known here: name the study's file.");
        return Kind switch
        {
            OwnDataKind.Csv => CsvData.Read(this, path, TestPath),
            OwnDataKind.Npz => NpzData.Read(this, path, TestPath),
            _ => PngFolderData.Read(path, TestPath, PictureSize),
        };
    }
}

/// <summary>The forms in which a user's data may lie.</summary>
public enum OwnDataKind
{
    Csv,
    Npz,
    Png,
}

/// <summary>What a user's files hold.</summary>
/// <param name="Test">Null where no file is to test on.</param>
/// <param name="ClassNames">Of the labels 0, 1, …; where the targets are numbers, the name of each.</param>
/// <param name="InputNames">Of the columns of a table, one for each value of a text; empty for images.</param>
public sealed record OwnDataContent(LabeledImages Train, LabeledImages? Test, IReadOnlyList<string> ClassNames, IReadOnlyList<string> InputNames)
{
    /// <summary>Rows that were left out because of a missing value.</summary>
    public int DroppedCount { get; init; }
}
