using Descent.App.Downloads;
using Descent.App.Live;
using Descent.App.Output;
using Descent.Data;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Spectre.Console.Rendering;

namespace Descent.Tests.App;

public class LiveViewTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void AStudyIsABarATrialWithinTheWidth(int width)
    {
        var trials = StudyFile.Load("quickstart").Expand();
        TrialProgress[] inFlight = [Progress(trials[1], 450, 10, 0.0123, 0.975), Progress(trials[5], 0, 0, double.NaN, double.NaN)];
        var now = new RunSnapshot(18, 8, inFlight, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12.3));
        string[] lines = Draw(width, terminal => new StudyView("quickstart", trials, terminal).Draw(now));
        Assert.Equal(4, lines.Length);
        Assert.Equal(" quickstart: 8 of 18 trials done, 2 in flight, 8 waiting", lines[0]);
        // Half a trial of 18 beside the eight that are done.
        Assert.Matches("^ █+.?░+  47 %  12.3 s left$", lines[1]);
        Assert.All(lines, line => Assert.True(line.Length <= width, line));
        Assert.StartsWith(" sgd with ", lines[2]);
        Assert.Contains("█", lines[2]);
        if (width >= 80)
        {
            Assert.Matches(@"sgd with .* █+░+  50 %  epoch 10  loss 0.0123    test 97.50 %( |$)", lines[2]);
            Assert.Matches(@"adamw seed 0.* ░+   0 %  epoch 0", lines[3]);
        }
    }

    [Fact]
    public void ATrialThatEvaluatesSaysSo()
    {
        var trials = StudyFile.Load("quickstart").Expand();
        var trial = Progress(trials[1], 450, 10, 0.0123, 0.975);
        trial.Evaluated = 0.4;
        var now = new RunSnapshot(18, 8, [trial], TimeSpan.FromSeconds(10), null);
        Assert.Matches("epoch 10  measuring 40 % test 97.50 %( |$)", Draw(100, terminal => new StudyView("quickstart", trials, terminal).Draw(now))[2]);
    }

    [Fact]
    public void WhatIsSaidStaysAboveTheRegion()
    {
        using var output = new StringWriter();
        var terminal = NoTerminal(output, 80, 50) with { CanPaint = true };
        using var isDrawn = new ManualResetEventSlim();
        int result = LiveRegion.Run(terminal, () =>
        {
            isDrawn.Set();
            return new ScreenLine("2 in flight");
        }, say =>
        {
            isDrawn.Wait(TestContext.Current.CancellationToken);
            say("one has failed");
            say("one more");
            return 7;
        });
        Assert.Equal(7, result);
        string text = output.ToString().ReplaceLineEndings("\n");
        Assert.Equal(2, text.Split("one has failed\e[K\n").Length);
        Assert.True(text.IndexOf("one has failed\e[K\n", StringComparison.Ordinal) < text.IndexOf("one more\e[K\n", StringComparison.Ordinal));
        Assert.Contains("2 in flight", text, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreTrialsThanRowsAreCutOff()
    {
        var trials = StudyFile.Load("quickstart").Expand();
        var now = new RunSnapshot(18, 0, [.. trials.Select(trial => Progress(trial, 1, 1, 2, 0.1))], TimeSpan.Zero, null);
        Assert.Equal(12 - 4 + 2, Draw(80, terminal => new StudyView("quickstart", trials, terminal).Draw(now), height: 12).Length);
    }

    [Fact]
    public void ADownloadSaysWhatCameAndHowLongTheRestTakes()
    {
        var time = new SteppedTime();
        var view = new DownloadView(DataCatalog.Find("mnist"), time);
        Assert.Equal("MNIST: looking at what is here …", Draw(80, terminal => view.Draw(terminal.Width))[0]);
        var address = new Uri("http://localhost/a.gz");
        var first = new DownloadRequest("/data/a.gz", [address], 4_000_000, FileDigest.Md5("0"));
        view.Report(new(first, address, 1_000_000));
        Assert.Matches("^a.gz █+.?░+ 1.0 MB of 4.0 MB$", Draw(80, terminal => view.Draw(terminal.Width))[0].TrimEnd());
        time.Advance(2);
        view.Report(new(first, address, 2_000_000));
        Assert.Matches("^a.gz █+░+ 2.0 MB of 4.0 MB  4.0 s left$", Draw(80, terminal => view.Draw(terminal.Width))[0]);
        // The next file begins at nothing, and so does its pace.
        view.Report(new(first with { Destination = "/data/b.gz" }, address, 1_000));
        _ = Draw(80, terminal => view.Draw(terminal.Width));
        time.Advance(1);
        view.Report(new(first with { Destination = "/data/b.gz" }, address, 400_000));
        Assert.Matches("^b.gz .* 400.0 kB of 4.0 MB  9.0 s left$", Draw(80, terminal => view.Draw(terminal.Width))[0]);
    }

    sealed class SteppedTime : TimeProvider
    {
        long seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => seconds;

        public void Advance(long seconds) => this.seconds += seconds;
    }

    static TrialProgress Progress(PlannedTrial trial, long step, int epoch, double loss, double accuracy) =>
        new(trial, 0, 900, TimeProvider.System) { Step = step, Epoch = epoch, Loss = loss, TestAccuracy = accuracy };

    static string[] Draw(int width, Func<Terminal, IRenderable> view, int height = 50)
    {
        using var output = new StringWriter();
        var terminal = NoTerminal(output, width, height);
        Painter.Write(terminal, view(terminal));
        return output.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    static Terminal NoTerminal(TextWriter output, int width, int height) => new()
    {
        Out = output,
        Error = TextWriter.Null,
        In = TextReader.Null,
        Size = () => (width, height),
        WorkingFolder = "/",
        Variable = _ => null,
    };
}
