using Descent.Analysis;
using Descent.App.Output;

namespace Descent.App.Analyses;

/// <summary>What <c>landscape</c> prints.</summary>
/// <param name="Directions">Which ones, as labels say it.</param>
/// <param name="Norm">Of the parameters at the plane's origin.</param>
/// <param name="Shares">Of the trajectories' variance along the axes; none for other directions.</param>
/// <param name="Cosine">Between the two directions; null for a line.</param>
sealed record LandscapeReport(AnalysisSource Source, Landscape Landscape, string Directions, double Norm, IReadOnlyList<PathInPlane> Paths, IReadOnlyList<double> Shares,
    double? Cosine)
{
    public void Write(Terminal terminal, IReadOnlyList<string> files)
    {
        new FactSheet().Add("Point", Source.PointLabel)
            .Add("Images", $"{Source.DataLabel}, {Source.ModeLabel}, {Source.Precision}")
            .Add("Directions", $"{Directions}{(Cosine is { } cosine ? $", cosine between them {Format.Number(cosine)}" : "")}")
            .Add("Grid", Landscape.IsLine ? $"{Landscape.X.Count} points" : $"{Landscape.X.Count} × {Landscape.Y.Count} points")
            .Add("Norm", $"{Format.Number(Norm)} of the parameters at the origin")
            .Add("Loss", $"{Format.Number(Landscape.Minimum)} to {Format.Number(Landscape.Maximum)}, {Format.Number(Landscape.CenterLoss)} at the origin"
                + (Landscape.NotFinite > 0 ? $", not finite at {Landscape.NotFinite} points" : ""))
            .Add("Variance", Shares.Count == 0 ? null : $"{Format.Percent(Shares.Sum())} of the trajectories' in the plane ({Format.Percent(Shares[0])} and {Format.Percent(Shares[1])})")
            .Add("Picture", string.Join('\n', files))
            .Write(terminal);
        if (Paths.Count == 0)
        {
            return;
        }

        terminal.Out.WriteLine();
        var table = new TextTable([new("Path"), new("Points", ColumnKind.Number), new("First loss", ColumnKind.Number), new("Last loss", ColumnKind.Number),
            new("In the plane", ColumnKind.Number), new("Distance", ColumnKind.Number)]);
        foreach (var path in Paths)
        {
            var (first, last) = (path.Points[0], path.Points[^1]);
            _ = table.Row(path.Name, $"{path.Points.Count}", Format.Number(first.Loss), Format.Number(last.Loss), Format.Number(last.PlaneLoss), Format.Number(last.Distance));
        }

        table.Write(terminal);
        terminal.Out.WriteLine(" In the plane: the loss right below the last point. Distance: of the last point from the plane, in norms of the origin.");
    }

    public object ToJson() => new Entry(Source.Subject, Source.Workload.Name, Source.Part.Name, Source.Part.Count, Source.Precision, Source.ModeLabel, Directions, Norm, Cosine,
        Landscape.X, Landscape.Y, Landscape.Losses, Landscape.CenterLoss, Landscape.Minimum, Landscape.Maximum, Landscape.NotFinite, Shares, Paths);

    /// <param name="Losses">A row for each y; null where a loss is not finite.</param>
    sealed record Entry(string Checkpoint, string Workload, string Data, int Images, string Precision, string Mode, string Directions, double ParameterNorm, double? Cosine,
        IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double[]> Losses, double CenterLoss, double MinimumLoss, double MaximumLoss, int NotFinite,
        IReadOnlyList<double> VarianceShares, IReadOnlyList<PathInPlane> Paths);
}
