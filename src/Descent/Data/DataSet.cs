namespace Descent.Data;

/// <summary>A data set in memory, as it was published: images and labels in the order of its files.</summary>
/// <param name="Description">Its names, origin and sizes.</param>
/// <param name="Train">The published training part, or all images where no test part is published.</param>
/// <param name="Test">The published test part, or null where none is published.</param>
public sealed record DataSet(DataSetDescription Description, LabeledImages Train, LabeledImages? Test)
{
    public string Name => Description.Name;

    public IReadOnlyList<string> ClassNames => Description.ClassNames;

    public ImageShape Shape => Train.Shape;

    public Normalization Normalization => Description.Normalization;
}
