using Descent.Analysis;
using Descent.App.Output;
using Descent.Optimizers;

namespace Descent.App.Analyses;

/// <summary>What <c>hessian</c> prints.</summary>
/// <param name="Preconditioned">Of the Hessian divided by the rule's diagonal; null where there is none.</param>
/// <param name="IsState">Whether the diagonal is the rule's state; else it comes from gradients of batches.</param>
/// <param name="Rule">Of the training that made the checkpoint; null where none is known, or its learning rate was scheduled.</param>
sealed record HessianReport(AnalysisSource Source, HessianSpectrum Spectrum, HessianSpectrum? Preconditioned, bool IsState, IOptimizer? Rule, double Loss, double GradientNorm,
    long HessianProducts)
{
    readonly double? limit = Rule is null ? null : StabilityLimit.Of(Rule) ?? StabilityLimit.Of(Rule, StabilityLimit.ByOwnStep(Rule));

    bool IsAdaptive => Rule is not null && StabilityLimit.IsPreconditioned(Rule);

    public void Write(Terminal terminal)
    {
        var facts = new FactSheet().Add("Point", Source.PointLabel)
            .Add("Images", $"{Source.DataLabel}, {Source.ModeLabel}, {Source.Precision}")
            .Add("Loss", $"{Format.Number(Loss)}, gradient norm {Format.Number(GradientNorm)}")
            .Add("Sharpness", $"{Format.Number(Spectrum.Largest[0].Value)}{(IsAdaptive ? "" : Share(Spectrum.Largest[0].Value))}");
        if (Preconditioned is { } other)
        {
            facts.Add("Preconditioned", $"{Format.Number(other.Largest[0].Value)}, of the Hessian divided by "
                + (IsState ? $"the state of {Source.Settings!.Optimizer}" : $"the root of the mean squared gradient of batches of {Source.Settings!.BatchSize}")
                + Share(other.Largest[0].Value));
        }

        facts.Add("Trace", $"{Format.Number(Spectrum.Trace.Value)} {(Spectrum.Trace.Probes == 0 ? "(exact)" : $"± {Format.Number(Spectrum.Trace.Error)} "
                + $"(one standard error, {Spectrum.Trace.Probes} probes outside of {Spectrum.Steps} Lanczos vectors)")}")
            .Add("Work", $"{Format.Count(HessianProducts)} products with the Hessian, {Spectrum.Steps} Lanczos steps, {Format.Count(Source.Model.ParameterCount)} parameters")
            .Write(terminal);
        terminal.Out.WriteLine();
        var table = new TextTable([new("Eigenvalue", ColumnKind.Number), new("Residual", ColumnKind.Number), new("")]);
        foreach (var (i, pair) in Spectrum.Largest.Index())
        {
            _ = table.Row($"{Format.Number(pair.Value)}", Format.Number(pair.Residual), i == 0 ? "largest" : "");
        }

        foreach (var (i, pair) in Spectrum.Smallest.Reverse().Index())
        {
            _ = table.Row($"{Format.Number(pair.Value)}", Format.Number(pair.Residual), i == Spectrum.Smallest.Count - 1 ? "smallest" : "");
        }

        table.Write(terminal);
        if (!Spectrum.IsConverged)
        {
            terminal.Out.WriteLine(" Not all of them have converged: an eigenvalue lies within its residual. More --steps bring them nearer.");
        }
    }

    public object ToJson() => new Entry(Source.Subject, Source.Workload.Name, Source.Part.Name, Source.Part.Count, Source.Precision, Source.ModeLabel, Source.BatchSize,
        Source.Model.ParameterCount, [.. Spectrum.Largest.Select(x => x.Value)], [.. Spectrum.Largest.Select(x => x.Residual)],
        [.. Spectrum.Smallest.Select(x => x.Value)], [.. Spectrum.Smallest.Select(x => x.Residual)], Spectrum.Trace.Value, Spectrum.Trace.Error, Loss, GradientNorm,
        Spectrum.Largest[0].Value, Preconditioned?.Largest[0].Value, Preconditioned is null ? null : IsState ? "state" : "gradients", limit, Spectrum.Steps, HessianProducts, Spectrum.IsConverged);

    string Share(double sharpness) => limit is { } most
        ? $", {Format.Number(sharpness / most)} of the limit {Format.Number(most)} above which its steps grow on a quadratic" : "";

    /// <param name="Preconditioner"><c>state</c> of the rule, or <c>gradients</c> of batches at this point where the file holds no state.</param>
    /// <param name="SharpnessLimit">Of the rule; for one that divides by a diagonal of the preconditioned sharpness. Null where it is not known.</param>
    sealed record Entry(string Checkpoint, string Workload, string Data, int Images, string Precision, string Mode, int? BatchSize, long Parameters,
        IReadOnlyList<double> Eigenvalues, IReadOnlyList<double> Residuals, IReadOnlyList<double> SmallestEigenvalues, IReadOnlyList<double> SmallestResiduals, double Trace,
        double TraceError, double Loss, double GradientNorm, double Sharpness, double? PreconditionedSharpness, string? Preconditioner, double? SharpnessLimit, int LanczosSteps, long HessianProducts,
        bool Converged);
}
