using Descent.Data;
using Descent.Tensors;

namespace Descent.Training;

/// <summary>The images of a training and how they become numbers.</summary>
/// <param name="Train">What is trained on.</param>
/// <param name="Validation">What settings are chosen by; may be empty.</param>
/// <param name="Test">What is reported; may be empty.</param>
/// <param name="Normalization">Fitted.</param>
public sealed record TrainingData(DataPart Train, DataPart Validation, DataPart Test, Normalization Normalization)
{
    // After the streams that draw the parts: a change would measure other images at the same seed.
    const ulong FirstSampleStream = 2;

    /// <summary>The images of each part on which loss and accuracy are measured: all, unless samples were asked for.</summary>
    public DataPart MeasuredTrain { get; private init; } = Train;

    public DataPart MeasuredValidation { get; private init; } = Validation;

    public DataPart MeasuredTest { get; private init; } = Test;

    /// <summary>The first images of each part, for a look at how long a training takes.</summary>
    /// <param name="train">Images to train on, at most.</param>
    /// <param name="others">Images of each other part, at most.</param>
    public TrainingData FirstOf(int train, int others)
    {
        return this with
        {
            Train = First(Train, train),
            Validation = First(Validation, others),
            Test = First(Test, others),
            MeasuredTrain = First(MeasuredTrain, train),
            MeasuredValidation = First(MeasuredValidation, others),
            MeasuredTest = First(MeasuredTest, others),
        };

        static DataPart First(DataPart part, int count) => part.Count <= count ? part : part.Range(0, count - 1);
    }

    /// <summary>The parts of a split, the training part cut to a selection where one is given.</summary>
    /// <param name="normalization">The data set's own where none is given. It is fitted to the whole training part, also where only a piece of it is
    /// trained on, so that a model's input does not depend on the piece.</param>
    public static TrainingData Of(DataSet set, DataSplit split, DataSelection? selection = null, Normalization? normalization = null) =>
        new(selection?.From(split) ?? split.Train, split.Validation, split.Test, (normalization ?? set.Normalization).FittedTo(split.Train));

    /// <summary>The same, measured on samples that the split seed draws, the same ones after every epoch and for every trial of a study.</summary>
    /// <param name="train">Images, at least 1; null for all.</param>
    /// <param name="validation">Likewise.</param>
    /// <param name="test">Likewise.</param>
    public TrainingData MeasuredOn(int? train, int? validation, int? test, ulong splitSeed)
    {
        return this with { MeasuredTrain = Sample(Train, train, 0), MeasuredValidation = Sample(Validation, validation, 1), MeasuredTest = Sample(Test, test, 2) };

        DataPart Sample(DataPart part, int? count, ulong stream) => count is { } images
            ? part.Sample(images, new RandomStream(splitSeed, StreamPurpose.Split, FirstSampleStream + stream)) : part;
    }
}
