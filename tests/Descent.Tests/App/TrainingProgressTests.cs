using Descent.App.Live;
using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Tests.Studies.Running;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.App;

public sealed class TrainingProgressTests : IDisposable
{
    readonly SteppedTime time = new();
    readonly WorkerPool pool = new(1);
    readonly Executor executor;
    readonly ITrainingRun run;
    readonly TrainingProgress progress;

    public TrainingProgressTests()
    {
        executor = pool.CreateExecutor();
        run = new FakeTrainings().Create(StudyFile.Load("quickstart").Expand()[0].Settings, executor);
        progress = new TrainingProgress(run, batchSize: 32, time);
    }

    public void Dispose()
    {
        run.Dispose();
        executor.Dispose();
        pool.Dispose();
    }

    /// <summary>200 steps in 20 epochs; a step of 32 images takes 3 seconds.</summary>
    [Fact]
    public void PlainLinesSayEveryTenSecondsHowFarItIs()
    {
        using var output = new StringWriter();
        var lines = new SeveralObservers(progress, new TrainingLines(output, progress, "accuracy", time));
        lines.OnEvaluation(new(0, 1000, 60_000));
        lines.OnEpoch(new(0, 0, 2.3, 0.1, double.NaN, double.NaN, 2.3, 0.1, 0));
        for (int step = 1; step <= 9; step++)
        {
            time.Advance(3);
            lines.OnStep(new(step, 1, 2, 1));
        }

        time.Advance(9);
        lines.OnEvaluation(new(1, 12_000, 60_000));
        lines.OnEvaluation(new(1, 13_000, 60_000));
        Assert.Equal(
            [
                EpochTable.Header(null),
                EpochTable.Line(new(0, 0, 2.3, 0.1, double.NaN, double.NaN, 2.3, 0.1, 0)),
                " epoch 1/20: step 4 of 200, loss 2, 10 images/s",
                " epoch 1/20: step 8 of 200, loss 2, 10 images/s, 9 min 36 s left",
                " epoch 1: evaluating, 12,000 of 60,000 images",
            ],
            output.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void ImagesForValidationHaveAColumn()
    {
        var epoch = new EpochRecord(1, 45, 2.3, 0.1, 2.2, 0.25, 2.1, 0.3, 4);
        Assert.Equal(" epoch      step  train loss  train acc  valid acc  test loss  test acc  seconds", EpochTable.Header(epoch));
        Assert.Equal("     1        45         2.3    10.00 %    25.00 %        2.1   30.00 %     4.00", EpochTable.Line(epoch));
        Assert.Equal("     1        45         2.3    10.00 %        2.1   30.00 %     4.00", EpochTable.Line(epoch with { ValidationAccuracy = double.NaN }));
    }

    [Fact]
    public void TheLiveViewSaysThatItEvaluates()
    {
        using var output = new StringWriter();
        var terminal = new Terminal
        {
            Out = output,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Size = () => (100, 50),
            WorkingFolder = "/",
            Variable = _ => null,
        };
        progress.OnStep(new(10, 1, 2, 1));
        progress.OnEvaluation(new(1, 12_000, 60_000));
        Painter.Write(terminal, TrainingView.Draw(progress, "R²", terminal));
        Assert.Contains("epoch 1/20", output.ToString());
        Assert.Contains("evaluating 12,000/60,000", output.ToString());
        progress.OnEpoch(new(1, 10, 2.3, 0.1, double.NaN, double.NaN, 2.3, 0.1, 0));
        _ = output.GetStringBuilder().Clear();
        Painter.Write(terminal, TrainingView.Draw(progress, "R²", terminal));
        Assert.DoesNotContain("evaluating", output.ToString());
    }

    sealed class SteppedTime : TimeProvider
    {
        long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => seconds;

        public void Advance(long by) => seconds += by;
    }
}
