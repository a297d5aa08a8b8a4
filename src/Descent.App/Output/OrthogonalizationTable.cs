using Descent.Analysis;

namespace Descent.App.Output;

/// <summary>Orthogonalizations for people: the polynomials, then the singular values step by step.</summary>
static class OrthogonalizationTable
{
    public static void Write(IReadOnlyList<OrthogonalizationRun> runs, string what, Terminal terminal)
    {
        var polynomials = new TextTable(new("Coefficients", ColumnKind.Name), new("a, b, c in the end", ColumnKind.Name),
            new("Sum", ColumnKind.Number), new("Fixed points and slopes there", ColumnKind.Name), new("In the long run", ColumnKind.Name));
        foreach (var run in runs)
        {
            var (a, b, c) = (run.Repeated.A, run.Repeated.B, run.Repeated.C);
            var (low, high) = run.Repeated.LongRunBand();
            polynomials.Row(run.Coefficients, $"{Format.Number(a)}, {Format.Number(b)}, {Format.Number(c)}", Format.Fixed(run.Repeated.CoefficientSum, 4),
                string.Join("; ", run.Repeated.FixedPoints.Select(x => $"{Format.Number(x.Value)}: {Format.Number(Rounded(x.Slope))}")),
                high - low < 1e-9 ? Format.Number(high) : $"{Format.Fixed(low, 3)} to {Format.Fixed(high, 3)}");
        }

        polynomials.Write(terminal);
        terminal.Out.WriteLine();
        Painter.WriteText(terminal, $"Singular values of {what}:");
        foreach (var run in runs)
        {
            WriteSteps(run, terminal);
        }

        foreach (var run in runs)
        {
            terminal.Out.WriteLine();
            Painter.WriteText(terminal, Meaning(run));
        }
    }

    /// <summary>What the sum says.</summary>
    static string Meaning(OrthogonalizationRun run)
    {
        var last = run.Repeated;
        string sum = Format.Fixed(last.CoefficientSum, 4);
        if (Math.Abs(last.CoefficientSum - 1) > 1e-4)
        {
            return $"{run.Coefficients}: a + b + c = {sum}, so a singular value of 1 becomes {sum}: no number of steps gives an orthogonal matrix.";
        }

        double slope = last.Slope(1);
        return Math.Abs(slope) < 1
            ? $"{run.Coefficients}: a + b + c = {sum}, so 1 stays 1, and with p′(1) = a + 3b + 5c = {Format.Number(Rounded(slope))} values near 1 come nearer at each step."
            : $"{run.Coefficients}: a + b + c = {sum}, so 1 stays 1, but with p′(1) = {Format.Number(slope)} values near 1 leave it.";
    }

    static void WriteSteps(OrthogonalizationRun run, Terminal terminal)
    {
        var table = new TextTable(new(run.Coefficients, ColumnKind.Number), new("Largest", ColumnKind.Number), new("Median", ColumnKind.Number),
            new("Least", ColumnKind.Number), new("From 1, root mean square", ColumnKind.Number));
        foreach (var (step, values) in run.Steps.Index().Where(x => x.Index <= 10 || x.Index == run.Steps.Count - 1 || x.Index % 10 == 0))
        {
            table.Row($"step {step}", Format.Number(values[0]), Format.Number(values[values.Count / 2]), Format.Number(values[^1]),
                Format.Number(Math.Sqrt(values.Average(x => (x - 1) * (x - 1)))));
        }

        table.Write(terminal);
    }

    static double Rounded(double slope) => Math.Abs(slope) < 1e-12 ? 0 : slope;
}
