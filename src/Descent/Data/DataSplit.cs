using Descent.Tensors;

namespace Descent.Data;

/// <summary>The three parts of a data set that training, choosing and the final test see; no image is in two of them.</summary>
/// <param name="Train">What parameters are fitted to.</param>
/// <param name="Validation">What settings are chosen by; empty unless asked for.</param>
/// <param name="Test">The published test part, or one drawn where none is published.</param>
public sealed record DataSplit(DataPart Train, DataPart Validation, DataPart Test)
{
    // Part of every stored result: a change would draw other parts from the same seed.
    const ulong TestStream = 0, ValidationStream = 1;

    /// <summary>The parts' names, in order.</summary>
    public static IReadOnlyList<string> PartNames { get; } = ["train", "validation", "test"];

    /// <summary>Draws the parts: first the test part where none is published, then the validation part from what is left, each stratified.</summary>
    /// <remarks>The parts depend on the data set, the seed and the counts alone; the test part does not depend on the validation count.
    /// Stratified: each class has its share of a drawn part, rounded by largest remainders (of equal ones the lower class is first).</remarks>
    /// <param name="set">The data set.</param>
    /// <param name="splitSeed">The study's <c>split_seed</c>.</param>
    /// <param name="validationCount">Images for validation; at least one is left for training.</param>
    /// <exception cref="BadInputException">There are too few images.</exception>
    public static DataSplit Draw(DataSet set, ulong splitSeed, int validationCount = 0)
    {
        int testCount = set.Test is null ? set.Description.DrawnTestCount : 0;
        int available = set.Train.Count - testCount;
        if (validationCount < 0 || validationCount >= available)
        {
            throw new BadInputException(
                $"{set.Name}: {validationCount} images for validation must lie in 0-{available - 1}, so that some are left for training.");
        }

        int[] all = [.. Enumerable.Range(0, set.Train.Count)];
        var (test, rest) = Stratified(set.Train, all, testCount, new RandomStream(splitSeed, StreamPurpose.Split, TestStream));
        var (validation, train) = Stratified(set.Train, rest, validationCount,
            new RandomStream(splitSeed, StreamPurpose.Split, ValidationStream));
        return new DataSplit(new DataPart("train", set.Train, train), new DataPart("validation", set.Train, validation),
            set.Test is null ? new DataPart("test", set.Train, test) : DataPart.Whole("test", set.Test));
    }

    /// <summary>The part of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public DataPart Part(string name) => name switch
    {
        "train" => Train,
        "validation" => Validation,
        "test" => Test,
        _ => throw new BadInputException($"There is no split \"{name}\".{NearestName.Hint(name, PartNames)}"),
    };

    static (int[] Drawn, int[] Left) Stratified(LabeledImages images, int[] candidates, int count, RandomStream stream)
    {
        int[] quotas = Quotas(images, candidates, count);
        int[] shuffled = [.. candidates];
        stream.Shuffle(shuffled);
        var drawn = new List<int>(count);
        var left = new List<int>(candidates.Length - count);
        foreach (int index in shuffled)
        {
            (quotas[images.Labels[index]]-- > 0 ? drawn : left).Add(index);
        }

        drawn.Sort();
        left.Sort();
        return ([.. drawn], [.. left]);
    }

    /// <summary>How many of each class to draw.</summary>
    static int[] Quotas(LabeledImages images, int[] candidates, int count)
    {
        long[] sizes = new long[images.ClassCount];
        foreach (int index in candidates)
        {
            sizes[images.Labels[index]]++;
        }

        int[] quotas = [.. sizes.Select(size => (int)(size * count / candidates.Length))];
        var byRemainder = Enumerable.Range(0, sizes.Length).OrderByDescending(label => sizes[label] * count % candidates.Length);
        foreach (int label in byRemainder.Take(count - quotas.Sum()))
        {
            quotas[label]++;
        }

        return quotas;
    }
}
