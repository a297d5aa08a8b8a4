using Descent.Analysis;
using Descent.App.Live;
using Spectre.Console;

namespace Descent.Tests.App;

/// <summary>How far an analysis is, on a terminal alone.</summary>
public class AnalysisViewTests
{
    [Theory]
    [InlineData("points", 650, 2601, " █████████▉░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  24 %  650 of 2,601 points  4.2 s")]
    [InlineData("products with the Hessian", 1234, 0, " 1,234 products with the Hessian  4.2 s")]
    [InlineData("", 0, 0, " preparing  4.2 s")]
    public void ALineSaysIt(string part, long done, long total, string expected)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = 120;
        console.Write(AnalysisView.Draw((part, done, total), TimeSpan.FromSeconds(4.2), 120));

        Assert.Equal(expected, output.ToString().TrimEnd('\n'));
    }

    [Fact]
    public void PartsAreCountedAnew()
    {
        var progress = new AnalysisProgress();
        progress.Begin("points", 10);
        progress.Count();
        progress.Count();
        Assert.Equal(("points", 2, 10), progress.Now);
        progress.Begin("steps", 5);
        progress.Reach(3);
        progress.Count();
        Assert.Equal(("steps", 4, 5), progress.Now);
    }

    /// <summary>Where it may be painted there is a line while it runs; in a pipe, with --json and with --quiet there is none.</summary>
    [Theory]
    [InlineData("hessian digits-mlp --data train:0-19 --steps 10 --probes 2", "products with the Hessian")]
    [InlineData("landscape digits-mlp --data train:0-19 --points 5", "points")]
    [InlineData("gradients digits-mlp --data train:0-99 --batch-size 10 --batches 5", "batches")]
    [InlineData("find-lr digits-mlp --optimizer sgd --steps 20 --seeds 0", "steps")]
    public void ItIsPaintedOnATerminalAlone(string command, string counted)
    {
        using var folder = new TemporaryFolder();
        string painted = Run(canPaint: true, command), piped = Run(canPaint: false, command);

        Assert.Contains('\e', painted);
        Assert.DoesNotContain('\e', piped);
        Assert.DoesNotContain($"of 5 {counted}", piped, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', Run(canPaint: true, command + " --json"));

        string Run(bool canPaint, string arguments) => new DescentCommand(folder.Path) { CanPaint = canPaint }.Run(arguments.Split(' ')).MustSucceed().Output;
    }
}
