using Descent.App.Output;
using Descent.Training;

namespace Descent.App.Evaluations;

/// <summary>What <c>evaluate</c> prints.</summary>
sealed record EvaluationReport(string File, TrainedWeights Weights, string Split, EvaluationResult Result)
{
    public void Write(Terminal terminal)
    {
        new FactSheet()
            .Add("Checkpoint", File)
            .Add("Workload", Weights.Workload.Name)
            .Add("Training", Weights.Settings is { } x
                ? $"{x.Optimizer} {Format.Settings(x.Hyperparameters)}, seed {x.Seed}, after {Format.Count(Weights.Step ?? 0)} steps"
                : null)
            .Add("Normalization", Weights.Workload.Normalization.Name)
            .Add("Split", $"{Split}, {Format.Count(Result.Count)} images")
            .Add("Loss", Format.Number(Result.Loss))
            .Add("Accuracy", Result.Determination is not null ? null : $"{Format.Percent(Result.Accuracy)} ({Format.Count(Result.Correct)} of {Format.Count(Result.Count)})")
            .Add("R²", Result.Determination is { } determination ? Format.Number(determination) : null)
            .Write(terminal);
        if (Result.Determination is not null)
        {
            return;
        }

        terminal.Out.WriteLine();
        terminal.Out.WriteLine("Confusion matrix: a row for each true class, a column for each predicted one.");
        var table = new TextTable([new("True", ColumnKind.Name), new("Accuracy", ColumnKind.Number),
            .. Weights.Classes.Select((_, label) => new TextColumn($"{label}", ColumnKind.Number))]);
        var accuracies = Result.ClassAccuracy;
        for (int label = 0; label < Weights.Classes.Count; label++)
        {
            string name = Weights.Classes[label];
            table.Row([name == $"{label}" ? name : $"{label} {name}", Format.Percent(accuracies[label]),
                .. Result.Confusion[label].Select(count => count == 0 ? "·" : $"{count}")]);
        }

        table.Write(terminal);
    }

    public object ToJson() => new Entry(File, Weights.Workload.Name, Weights.Workload.Normalization.Name, Weights.Settings?.Id, Weights.Step, Split, Result.Count, Result.Loss,
        Result.Accuracy, Weights.Classes, Result.ClassAccuracy, Result.Confusion);

    /// <param name="TrialId">Of the training's settings; null where the file does not say.</param>
    /// <param name="ClassAccuracy">Null for a class without images.</param>
    /// <param name="ConfusionMatrix">A row for each true class, a column for each predicted one.</param>
    sealed record Entry(string Checkpoint, string Workload, string Normalization, string? TrialId, long? Step, string Split, int Images, double Loss,
        double Accuracy, IReadOnlyList<string> Classes, IReadOnlyList<double> ClassAccuracy, IReadOnlyList<IReadOnlyList<int>> ConfusionMatrix);
}
