using Descent.Data;

namespace Descent.Training;

/// <summary>The images of a training and how they become numbers.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Validation">What settings are chosen by; may be empty.</param>
/// <param name="Test">What is reported; may be empty.</param>
public sealed record TrainingData(DataPart Train, DataPart Validation, DataPart Test, Normalization Normalization)
{
    /// <summary>The parts of a split, with the data set's own normalization; the training part cut to <paramref name="selection"/> where one is given.</summary>
    public static TrainingData Of(DataSet set, DataSplit split, DataSelection? selection = null) =>
        new(selection?.From(split) ?? split.Train, split.Validation, split.Test, set.Normalization);
}
