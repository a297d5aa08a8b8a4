using System.Globalization;
using System.Xml.Linq;
using Descent.Studies;
using Descent.Studies.Reports;
using Descent.Studies.Statistics;

namespace Descent.Tests.Studies.Reports;

public class ReportTests
{
    static string Render(ReportModel model)
    {
        using var writer = new StringWriter();
        Report.Write(model, writer);
        return writer.ToString();
    }

    static XElement Parse(string page)
    {
        Assert.StartsWith("<!doctype html>\n<html", page);
        return XElement.Parse(page["<!doctype html>".Length..], LoadOptions.PreserveWhitespace);
    }

    /// <summary>What a reader sees: words of the page without styles, tooltips and descriptions, blanks of any kind alike.</summary>
    static string Visible(XElement page) => string.Join(' ', page.DescendantNodes().OfType<XText>()
        .Where(text => text.Ancestors().All(x => x.Name.LocalName is not ("style" or "title" or "desc"))).Select(text => text.Value))
        .Replace('\u00A0', ' ');

    [Fact]
    public void EveryNumberOfTheTrialsIsOnThePage()
    {
        var model = MadeUpStudy.Model();
        string text = Visible(Parse(Render(model)));
        foreach (var trial in model.Trials)
        {
            Assert.Contains(trial.Id[..8], text);
            Assert.Contains(Percent(trial.BestTestAccuracy!.Value), text);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{trial.Seconds:0.00} s"), text);
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{trial.ProcessorSeconds:0.00} s"), text);
            Assert.All(trial.Settings, setting => Assert.Contains($"{setting.Name} {setting.Value}", text));
            Assert.Contains(trial.State == TrialState.Diverged ? "diverged at step 412" : Percent(trial.FinalTestAccuracy!.Value), text);
            Assert.Contains($" {trial.StepsToTarget ?? 180} ", text);
        }

        string[] facts =
        [
            "quickstart", "How do six optimizers compare?", "digits-mlp", "64-64-10 on the handwritten digits", "epochs", "20",
            "batch_size", "32",
            "A machine of eight cores, Debian 12", "256 bits", ".NET 10.0.1", "3f9a12c", "2026-01-15 09:30 UTC", "2026-01-15 09:31 UTC",
            "17 complete, 1 diverged", "descent show quickstart", "descent export quickstart --format csv",
        ];
        Assert.All(facts, fact => Assert.Contains(fact, text));
    }

    /// <summary>Numpy: mean and std(ddof=1) of 0.9411, 0.9428, 0.9445 are 0.9428 and 0.0017; of nesterov's 0.9735 and 0.9757, 0.9746 and
    /// 0.001556.</summary>
    [Fact]
    public void RowsAreComputedFromTheTrials()
    {
        var names = Parse(Render(MadeUpStudy.Model())).Descendants().Where(x => (string?)x.Attribute("class") == "name");
        var rows = names.Select(name => name.Parent!)
            .Select(row => row.Elements().Select(cell => cell.Value.Replace('\u00A0', ' ').Replace("\n", "")).ToList()).ToList();
        Assert.Equal(6, rows.Count);
        Assert.Equal(["sgdlearning_rate 0.1", "3", "94.28 ± 0.17 %", "94.39 ± 0.17 %", "–", "–", "0 of 3", "1.03 s", "stable"], rows[0]);
        Assert.Equal("nesterovlearning_rate 0.1, momentum 0.9, nesterov trueseed 1 diverged at step 412", rows[2][0]);
        Assert.Equal(["2 of 3", "97.46 ± 0.16 %", "97.57 ± 0.16 %", "225", "5", "3 of 3", "1.23 s", "diverged"], rows[2].Skip(1));
    }

    /// <summary>All but sgd reach the target at a median of 225 steps, so none of them is named as the fastest.</summary>
    [Fact]
    public void TiesAreTies()
    {
        var model = MadeUpStudy.Model();
        Assert.Contains("median of 5 settings alike; 3 of 3 seeds reached it", Visible(Parse(Render(model))));
        var fewer = model.Trials.Select(trial => trial.Optimizer.StartsWith("adam") ? trial with { StepsToTarget = 90 } : trial);
        Assert.Contains("median of adam and adamw; 3 of 3 seeds", Visible(Parse(Render(model with { Trials = [.. fewer] }))));
    }

    [Fact]
    public void ThePageNeedsNothingFromElsewhere()
    {
        string page = Render(MadeUpStudy.Model());
        var root = Parse(page);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        string[] loading = ["src", "srcset", "href", "data", "action", "poster", "background"];
        Assert.DoesNotContain(root.Descendants().Attributes(), attribute => loading.Contains(attribute.Name.LocalName));
        Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.Name.LocalName.StartsWith("on"));
        string withoutNamespaces = page.Replace("http://www.w3.org/1999/xhtml", "").Replace("http://www.w3.org/2000/svg", "");
        Assert.DoesNotContain("://", withoutNamespaces);
    }

    /// <summary>An empty element written as <c>&lt;p /&gt;</c> stays open in HTML and swallows what follows.</summary>
    [Fact]
    public void HtmlAndXmlParsersReadTheSame()
    {
        var root = Parse(Render(MadeUpStudy.Model()));
        string page = Render(MadeUpStudy.Model() with { Trials = [] });
        Assert.DoesNotMatch("<(?!meta|br|line|path|rect|circle|svg|g)[a-z0-9]+[^>]*/>", page);
        Assert.Equal("http://www.w3.org/1999/xhtml", root.Name.NamespaceName);
        Assert.All(root.Descendants().Where(x => x.Name.LocalName == "svg"), svg => Assert.EndsWith("/2000/svg", svg.Name.NamespaceName));
    }

    [Fact]
    public void ChartsCoverAllSettingsWideAndNarrow()
    {
        var root = Parse(Render(MadeUpStudy.Model()));
        foreach (string width in new[] { "wide", "narrow" })
        {
            var all = root.Descendants().Where(x => (string?)x.Attribute("class") == width).Select(x => x.Elements().Single()).ToList();
            Assert.Equal(
                ["Training curves", "Loss, accuracy and gradient norm", "Training against test accuracy", "Accuracy at checkpoints", "Time against accuracy",
                    "Effects of the hyperparameters", "Sensitivity", "Behind nesterov", "Seeds", "Steps to the target"],
                all.Skip(5).Select(chart => ((string)chart.Attribute("aria-label")!).Split(" of quickstart")[0].Split(" in quickstart")[0]));
            var charts = all.Take(5).ToList();
            Assert.Equal(
                ["Final test accuracy", "Training loss", "Test accuracy", "Gradient norm before clipping", "Gradient norm of every step"],
                charts.Select(chart => (string)chart.Attribute("aria-label")!));
            Assert.All(charts, chart => Assert.All(MadeUpStudy.Optimizers, optimizer => Assert.Contains(optimizer.Label, chart.Value)));
            Assert.Contains("from the smallest seed to the largest", charts[1].Value);
            Assert.Contains("log axis", charts[3].Value);
            var tooltips = charts[1].Descendants().Where(x => x.Name.LocalName == "title").Select(x => x.Value);
            Assert.Contains("nesterov, seed 1: diverged at step 412", tooltips);
            _ = Assert.Single(tooltips, tip => tip.StartsWith("nesterov\nepoch 20: ") && tip.EndsWith(", 2 seeds"));
        }

        Assert.Contains("one standard deviation (n − 1) to either side", Render(MadeUpStudy.Model(seeds: 7)));
    }

    [Fact]
    public void HostileNamesAreWords()
    {
        const string Hostile = "<script>alert('\"&\u0001')</script>\uDC00]]>";
        string clean = Hostile.Replace('\u0001', '\uFFFD').Replace('\uDC00', '\uFFFD'), name = Hostile + new string('w', 3000);
        var model = MadeUpStudy.Model();
        Setting[] settings = [new(Hostile, name)];
        var trial = model.Trials[0] with { Id = Hostile, Optimizer = name, Settings = settings };
        trial = trial with { State = TrialState.Failed, Reason = Hostile };
        model = model with { Study = Hostile, Question = Hostile, Workload = Hostile, SharedSettings = settings };
        string page = Render(model with { Trials = [trial, .. model.Trials.Skip(1)] });
        Assert.DoesNotContain("<script", page);
        var root = Parse(page);
        Assert.Equal(clean, root.Descendants().First(x => x.Name.LocalName == "h1").Value);
        Assert.Contains("descent show '<script>alert('\\''\"&\uFFFD'\\'')</script>\uFFFD]]>'", root.Value);
    }

    [Fact]
    public void AStudyWithoutResultsHasAReport()
    {
        var model = MadeUpStudy.Model();
        Assert.Contains("the study is empty", Visible(Parse(Render(model with { Trials = [] }))));
        var waiting = new TrialResult { Id = "0123456789ab", Optimizer = "sgd", Settings = [], Seed = 0, State = TrialState.Waiting };
        string text = Visible(Parse(Render(model with { Trials = [waiting, waiting with { Id = "b", Seed = 1 }] })));
        Assert.Contains("seeds 0, 1 waiting", text);
        Assert.Contains("no complete trial", text);
        Assert.DoesNotContain("NaN", text);
        Assert.DoesNotContain("reached it", text);
    }

    /// <summary>A loss of 1e30 on a linear axis would flatten everything else to a line at zero.</summary>
    [Fact]
    public void AStudyThatDivergedAltogetherHasLegibleCurves()
    {
        var trials = MadeUpStudy.Model().Trials.Select(trial => trial with
        {
            State = TrialState.Diverged,
            StoppedAtStep = 90,
            FinalTestAccuracy = null,
            Epochs = [.. trial.Epochs.Take(3).Select(point => point with { TrainLoss = Math.Pow(10, 15 * point.Epoch) })],
        });
        var root = Parse(Render(MadeUpStudy.Model() with { Trials = [.. trials] }));
        var loss = root.Descendants().First(x => (string?)x.Attribute("aria-label") == "Training loss");
        Assert.Contains("training loss, log axis", loss.Value);
        Assert.All(MadeUpStudy.Optimizers, optimizer => Assert.Contains(optimizer.Label, Visible(loss)));
        Assert.Contains("all 3 seeds diverged", Visible(root));
    }

    [Fact]
    public void WithoutATargetNothingIsSaidOfOne()
    {
        string text = Visible(Parse(Render(MadeUpStudy.Model() with { Target = null })));
        Assert.DoesNotContain("target", text);
        Assert.DoesNotContain("Steps to", text);
    }

    [Fact]
    public void ATrialOfTenMillionStepsHasASmallReport()
    {
        const int Steps = 10_000_000;
        double[] norms = new double[Steps];
        Array.Fill(norms, 0.5);
        norms[1_234_567] = 4321;
        long[] steps = [.. Enumerable.Range(1, Steps).Select(i => (long)i)];
        var trial = MadeUpStudy.Trial(0, 0) with { Steps = new(steps, norms, norms), Epochs = [] };
        string page = Render(MadeUpStudy.Model() with { Trials = [trial] });
        Assert.InRange(page.Length, 10_000, 200_000);
        Assert.Contains("1,000", page);
    }

    [Fact]
    public void AThousandTrialsHaveAReport()
    {
        var trials = Enumerable.Range(0, 56).SelectMany(i => MadeUpStudy.Model().Trials.Select(trial => trial with
        {
            Id = $"{i:x4}{trial.Id}",
            Settings = [.. trial.Settings, new("epsilon", $"1e-{i}")],
        })).ToList();
        string page = Render(MadeUpStudy.Model() with { Trials = trials });
        string text = Visible(Parse(page));
        Assert.Contains("6 of 336 settings are drawn", text);
        Assert.Contains("The 30 highest of 336 settings", text);
        Assert.All(trials, trial => Assert.Contains(trial.Id[..8], text));
        Assert.InRange(page.Length, 100_000, 3_000_000);
    }

    static string Percent(double fraction) => string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:0.00} %");
}
