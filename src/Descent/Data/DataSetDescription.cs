namespace Descent.Data;

/// <summary>What is known of a data set before it is read: names, origin, sizes, and the files it is published in.</summary>
/// <param name="Name">The name in studies and commands.</param>
/// <param name="Title">The name people use.</param>
/// <param name="Origin">Who made it, and where it is published.</param>
/// <param name="Licence">Under which terms.</param>
/// <param name="Shape">Sizes of one image.</param>
/// <param name="ClassNames">The name of each class; a label is an index into it.</param>
/// <param name="TrainCount">Images of the published training part, or of the whole where no test part is published.</param>
/// <param name="TestCount">Images of the published test part; 0 where none is published.</param>
/// <param name="DrawnTestCount">Images that a split draws as its test part; 0 where a test part is published.</param>
/// <param name="Normalization">From bytes to the values that a network sees, unless a workload says otherwise.</param>
/// <param name="Files">The files to have in the data folder; none where the data set ships with Descent.</param>
/// <param name="Read">Reads its training and test part from a data folder.</param>
public sealed record DataSetDescription(string Name, string Title, string Origin, string Licence, ImageShape Shape,
    IReadOnlyList<string> ClassNames, int TrainCount, int TestCount, int DrawnTestCount, Normalization Normalization,
    IReadOnlyList<DataFile> Files, Func<DataFolder, (LabeledImages Train, LabeledImages? Test)> Read) : IPublication
{
    /// <summary>Whether the data set needs no file of the data folder.</summary>
    public bool IsBuiltIn => Files.Count == 0;

    /// <summary>Reads the data set.</summary>
    /// <exception cref="BadInputException">A file is missing, cut, or not what it should be.</exception>
    public DataSet Load(DataFolder folder)
    {
        var missing = Files.Where(file => file.Find(folder) is null).Select(file => file.Path).ToList();
        if (missing.Count > 0)
        {
            throw new BadInputException($"{Title} not found in {folder.Path}: {string.Join(", ", missing)} "
                + $"{(missing.Count == 1 ? "is" : "are")} missing. Run: descent data get {Name}");
        }

        var (train, test) = Read(folder);
        return new DataSet(this, train, test);
    }
}
