using Descent.Analysis;
using Descent.App.Output;

namespace Descent.App.Analyses;

/// <summary>What <c>gradients</c> prints of one model.</summary>
/// <param name="Label">As in <c>mnist-deep-mlp, he</c>.</param>
/// <param name="BatchSize">Images a batch.</param>
/// <param name="Update">The rule and step that the update ratios are of; null for none.</param>
/// <param name="ParametersHash">Of the parameters, the same before and after.</param>
sealed record GradientReport(string Label, AnalysisSource Source, GradientFlow Flow, int BatchSize, string? Update, string ParametersHash)
{
    string Mode => Source.Mode == Layers.Mode.Training ? "training" : "evaluation";

    public void Write(Terminal terminal)
    {
        new FactSheet().Add("Point", Source.PointLabel)
            .Add("Batches", $"{Flow.Batches} of {BatchSize} of {Source.Part.Name}, {Mode} mode, "
                + $"{(Source.Model.Statistics.Count == 0 ? "no batch norm" : Source.ModeLabel)}, {Source.Precision}")
            .Add("Loss", Format.Number(Flow.Loss))
            .Add("Updates", Update)
            .Add("Verdict", Flow.Verdict)
            .Write(terminal);
        var weights = new TextTable([new("Weight"), new("Gradient norm", ColumnKind.Number), new("Smallest", ColumnKind.Number), new("Largest", ColumnKind.Number),
            new("Weight norm", ColumnKind.Number), new("Update/weight", ColumnKind.Number)]);
        foreach (var weight in Flow.Weights)
        {
            _ = weights.Row(weight.Name, Format.Number(weight.MeanNorm), Format.Number(weight.SmallestNorm), Format.Number(weight.LargestNorm), Format.Number(weight.WeightNorm),
                Format.Number(weight.UpdateRatio));
        }

        weights.Write(terminal);
        var activations = new TextTable([new("Output of"), new("Layers"), new("Mean", ColumnKind.Number), new("Std", ColumnKind.Number), new("Zeros", ColumnKind.Number),
            new("Dead", ColumnKind.Number)]);
        foreach (var one in Flow.Activations)
        {
            _ = activations.Row(one.Name, one.Kind, Format.Number(one.Mean), Format.Number(one.Deviation), Format.Percent(one.Zeros), Format.Percent(one.Dead));
        }

        activations.Write(terminal);
    }

    public object ToJson() => new Entry(Source.Subject, Source.Workload.Name, Label, Source.Part.Name, Flow.Batches, BatchSize,
        Mode, Source.Model.Statistics.Count == 0 ? "no batch norm" : Source.ModeLabel, Source.Precision, Flow.Loss, double.IsFinite(Flow.Ratio) ? Flow.Ratio : null, Flow.Verdict,
        Update, ParametersHash,
        [.. Flow.Weights.Select(x => new WeightEntry(x.Name, x.MeanNorm, x.SmallestNorm, x.LargestNorm, x.WeightNorm, x.UpdateRatio, new(x.Magnitudes)))],
        [.. Flow.Activations.Select(x => new ActivationEntry(x.Name, x.Kind, x.Mean, x.Deviation, x.Zeros, x.Dead, new(x.Values)))]);

    /// <param name="Ratio">Largest to smallest mean gradient norm; null where one is 0.</param>
    sealed record Entry(string Checkpoint, string Workload, string Label, string Data, int Batches, int BatchSize, string Mode, string BatchNorm, string Precision, double Loss,
        double? Ratio, string Verdict, string? Update, string ParametersHash, IReadOnlyList<WeightEntry> Weights, IReadOnlyList<ActivationEntry> Activations);

    /// <param name="Log10Magnitudes">Of all numbers of the gradient in all batches.</param>
    sealed record WeightEntry(string Name, double GradientNorm, double SmallestNorm, double LargestNorm, double WeightNorm, double? UpdateRatio, Bins Log10Magnitudes);

    sealed record ActivationEntry(string Name, string Layers, double Mean, double Std, double Zeros, double? Dead, Bins Values);

    sealed record Bins(IReadOnlyList<double> Centers, IReadOnlyList<long> Counts)
    {
        public Bins(Histogram histogram) : this(histogram.Centers, histogram.Counts)
        {
        }
    }
}
