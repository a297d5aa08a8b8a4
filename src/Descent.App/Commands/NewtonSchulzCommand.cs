using System.CommandLine;
using Descent.Analysis;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Results;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Pictures;

namespace Descent.App.Commands;

/// <summary>Shows what the iteration of Newton and Schulz, with which Muon orthogonalizes, does to singular values.</summary>
sealed class NewtonSchulzCommand : AppCommand
{
    const int DefaultSteps = 5, MostSteps = 1000, DefaultSize = 50;
    const double DefaultCondition = 1000;

    readonly Option<string?> coefficients = ParsedOption.Text("--coefficients", "set,set",
        $"Sets of coefficients with commas between them (default all): {string.Join(", ", OrthogonalizationRun.Sets)}.");

    readonly Option<int?> steps = ParsedOption.WholeNumber("--steps", $"Steps to take (default {DefaultSteps}).", minimum: 0, maximum: MostSteps);

    readonly Option<string?> matrix = ParsedOption.Choice("--matrix", "The matrix (default notebook).", TestMatrices.Names);

    readonly Option<string?> size = ParsedOption.Text("--size", "rows×columns", $"Its size, as in 64x256 (default {DefaultSize}x{DefaultSize}).");

    readonly Option<double?> condition = ParsedOption.PositiveNumber("--condition",
        $"Ratio of the largest to the least singular value of an even or geometric one (default {DefaultCondition}).");

    readonly Option<string?> scaling = ParsedOption.Choice("--scaling",
        "The norm that it is divided by: Frobenius as Muon does (default), or the largest singular value.", "frobenius", "spectral");

    readonly Option<string?> precision = ParsedOption.Choice("--precision", "What the products are computed in (default float64).",
        "float64", "float32", "bfloat16");

    public NewtonSchulzCommand(Surroundings surroundings)
        : base(surroundings, "newton-schulz", "The iteration with which Muon orthogonalizes: singular values step by step.",
            new Example("descent newton-schulz", "All sets of coefficients on the 50×50 matrix of the course's notebook."),
            new Example("descent newton-schulz --coefficients jordan,taylor --scaling spectral --steps 10 -o steps.svg", "The notebook's picture."),
            new Example("descent newton-schulz --matrix geometric --size 64x256 --condition 1e4 --precision bfloat16",
                "A wide matrix with small singular values, as matrix units compute."),
            new Example("descent newton-schulz --coefficients jordan --json", "Every singular value; coefficient_sum is 0.701."))
    {
        Add(coefficients);
        Add(steps);
        Add(matrix);
        Add(size);
        Add(condition);
        Add(scaling);
        Add(precision);
        Add(surroundings.Shared.Seed);
        Add(surroundings.Shared.Output);
    }

    protected override int Run(Invocation invocation)
    {
        string name = invocation.Get(matrix) ?? TestMatrices.Notebook;
        var (rows, columns) = invocation.Get(size) is { } text ? Size(text) : (DefaultSize, DefaultSize);
        string? picture = invocation.OutputFile(invocation.Shared.Output, DrawingFile.Extension);
        double[,] x = TestMatrices.Create(name, rows, columns, invocation.Get(condition) ?? DefaultCondition, invocation.Get(invocation.Shared.Seed) ?? 0);
        bool isSpectral = invocation.Get(scaling) == "spectral";
        string exactness = invocation.Get(precision) ?? "float64";
        var computed = exactness switch
        {
            "float32" => StepPrecision.Float32,
            "bfloat16" => StepPrecision.BFloat16,
            _ => StepPrecision.Float64,
        };
        string[] sets = invocation.Get(coefficients)?.Split(',', StringSplitOptions.TrimEntries) ?? [.. OrthogonalizationRun.Sets];
        List<OrthogonalizationRun> runs = [.. sets.Select(set => OrthogonalizationRun.Of(x, set, invocation.Get(steps) ?? DefaultSteps, isSpectral, computed))];
        string what = $"{name} {rows}×{columns}, divided by its {(isSpectral ? "largest singular value" : "Frobenius norm")}, in {exactness}";
        if (picture is not null)
        {
            DrawingFile.Write(picture, OrthogonalizationFigure.Of(runs, what), new SvgOptions());
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, new Entry(name, rows, columns, isSpectral ? "spectral" : "frobenius", exactness,
                runs[0].Coefficients, runs[0].Repeated.CoefficientSum, [.. runs.Select(SetEntry.Of)]));
            return ExitCode.Success;
        }

        OrthogonalizationTable.Write(runs, what, invocation.Terminal);
        if (picture is not null)
        {
            invocation.Say($"\nPicture: {picture}");
        }

        return ExitCode.Success;
    }

    static (int Rows, int Columns) Size(string text)
    {
        string[] parts = text.Split('x', '×');
        return parts.Length == 2 && int.TryParse(parts[0], out int rows) && int.TryParse(parts[1], out int columns) ? (rows, columns)
            : throw new BadInputException($"--size must be rows and columns, as in 64x256, got \"{text}\".");
    }

    /// <param name="Coefficients">The first set's, and its sum: all are in <paramref name="Sets"/>.</param>
    sealed record Entry(string Matrix, int Rows, int Columns, string Scaling, string Precision, string Coefficients, double CoefficientSum,
        IReadOnlyList<SetEntry> Sets);

    /// <param name="Polynomials">a, b and c of each step.</param>
    /// <param name="CoefficientSum">Of the triple that further steps repeat, as the fixed points.</param>
    /// <param name="LongRunBand">What such steps come by in the long run.</param>
    /// <param name="SingularValues">As scaled, then after each step; falling.</param>
    sealed record SetEntry(string Coefficients, IReadOnlyList<double[]> Polynomials, double CoefficientSum, IReadOnlyList<FixedPoint> FixedPoints,
        double[] LongRunBand, IReadOnlyList<IReadOnlyList<double>> SingularValues)
    {
        public static SetEntry Of(OrthogonalizationRun run)
        {
            var (low, high) = run.Repeated.LongRunBand();
            return new(run.Coefficients, [.. run.Polynomials.Select(p => new[] { p.A, p.B, p.C })], run.Repeated.CoefficientSum, run.Repeated.FixedPoints, [low, high],
                run.Steps);
        }
    }
}
