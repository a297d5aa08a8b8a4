using Descent.App.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>Draws a training that runs: the last evaluations, the curve of the loss, and how far it is.</summary>
static class TrainingView
{
    const int WidestCurve = 60, WidestBar = 40, LinesBelowTable = 6;

    public static IRenderable Draw(TrainingProgress progress, string metric, Terminal terminal)
    {
        var (width, height) = terminal.Size();
        int curveWidth = Math.Clamp(width - 42, 8, WidestCurve);
        var now = progress.Now(curveWidth);
        var table = now.Epochs.TakeLast(Math.Max(1, height - LinesBelowTable)).Select(epoch => new ScreenLine(EpochTable.Line(epoch)));
        return new Rows(
        [
            new ScreenLine(EpochTable.Header(now.Epochs.Count > 0 ? now.Epochs[0] : null, metric), Decoration.Bold),
            .. table,
            new ScreenLine($"  loss {Format.Number(now.Step.Loss),-9}{now.Curve.PadRight(curveWidth)}  "
                + $"gradient norm {Format.Number(now.Step.GradientNorm)}"),
            new ScreenLine($"  {Bar.Draw(now.Fraction, Math.Clamp(width - 64, 8, WidestBar))} {100 * now.Fraction,3:F0} %  "
                + $"epoch {now.Step.Epoch}/{now.TotalEpochs}  {Speed(now)}  {State(now)}"),
        ]);
    }

    static string Speed(TrainingProgress.Moment now) =>
        now.ImagesPerSecond is { } speed ? $"{Format.Count((long)speed)} images/s" : "";

    static string State(TrainingProgress.Moment now) => now.Evaluation is { } evaluation
        ? $"evaluating {Format.Count(evaluation.Images)}/{Format.Count(evaluation.Total)}"
        : now.SecondsLeft is { } seconds ? $"{Format.Duration(seconds)} left" : "";
}
