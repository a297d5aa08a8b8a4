namespace Descent.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="Epoch">The epoch that the next or last step belongs to; 0 before the first.</param>
/// <param name="Batch">Batches taken of that epoch.</param>
/// <param name="Evaluated">Steps that had been taken at the last evaluation; −1 before the first.</param>
/// <param name="Images">Images trained on.</param>
/// <param name="Seconds">Seconds of training alone. A clock reading.</param>
readonly record struct TrainingPosition(long Step, int Epoch, int Batch, long Evaluated, long Images, double Seconds)
{
    /// <summary>Steps that were left out because loss or gradient was not finite; they are among those taken.</summary>
    public long Skipped { get; init; }

    /// <summary>How many of them came last, one after another.</summary>
    public long SkippedInRow { get; init; }

    public static TrainingPosition Start { get; } = new(0, 0, 0, Evaluated: -1, 0, 0);

    public bool IsEpochComplete(long stepsPerEpoch) => Epoch == 0 || Batch == stepsPerEpoch;

    public TrainingPosition NextEpoch() => this with { Epoch = Epoch + 1, Batch = 0 };

    public TrainingPosition AfterStep(int images, double seconds) =>
        this with { Step = Step + 1, Batch = Batch + 1, Images = Images + images, Seconds = Seconds + seconds, SkippedInRow = 0 };

    /// <summary>The same after a step that was left out.</summary>
    public TrainingPosition AfterSkippedStep(int images, double seconds) =>
        AfterStep(images, seconds) with { Skipped = Skipped + 1, SkippedInRow = SkippedInRow + 1 };
}
