using System.Diagnostics;
using System.Globalization;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Reports;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;
using Descent.Training;

namespace Descent.Benchmarks.Studies;

/// <summary>A store of a thousand trials with ten million points, and how long what reads it takes.</summary>
static class LargeStore
{
    static readonly string[] rules = ["sgd", "adam", "adamw", "rmsprop", "lion"];

    const int Settings = 200, Seeds = 5, Steps = 5000, Epochs = 20, Classes = 10;

    static readonly TrialEnvironment here = new("host", "processor", "system", 2, 256, ".NET", "0", "0");

    /// <summary>Makes the store where it is missing, then prints a line for each reading: of the summary that <c>descent show</c> prints, and of the whole
    /// report.</summary>
    /// <param name="path">The store's file.</param>
    public static void Run(string path)
    {
        if (!File.Exists(path))
        {
            Make(path);
        }

        for (int run = 0; run < 3; run++)
        {
            using var store = SqliteStudyStore.Open(path, TimeProvider.System);
            var study = store.Studies()[0];
            Time("show", () => StudySummary.From(StoredResults.Trials(store, study)).Settings.Count);
            Time("report", () =>
            {
                using var page = new StringWriter();
                Report.Write(StoredResults.Report(store, study, TimeProvider.System), page);
                return page.GetStringBuilder().Length;
            });
        }
    }

    static void Time(string name, Func<int> read)
    {
        long start = Stopwatch.GetTimestamp();
        int size = read();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name": "{{name}}", "seconds": {{Stopwatch.GetElapsedTime(start).TotalSeconds:F3}}, "size": {{size}}, "megabytes": {{Environment.WorkingSet / 1e6:F0}}}"""));
    }

    /// <summary>Forty learning rates of five rules, five seeds each, with losses that fall and jump.</summary>
    static void Make(string path)
    {
        string rates = string.Join(", ", Enumerable.Range(0, Settings / 5).Select(i => string.Create(CultureInfo.InvariantCulture, $"{1e-4 * Math.Pow(1.2, i):G4}")));
        string yaml = $$"""
            name: large
            question: How long does it take to read a thousand trials?
            workload: digits-mlp
            epochs: {{Epochs}}
            seeds: [{{string.Join(", ", Enumerable.Range(0, Seeds))}}]
            optimizers:
            {{string.Join('\n', rules.Select(rule => $"  - {rule}: {{learning_rate: [{rates}]}}"))}}
            """;
        var study = StudyFile.Parse(yaml, "large.yaml");
        using var store = SqliteStudyStore.OpenOrCreate(path, TimeProvider.System);
        var trials = study.Expand();
        store.Save(study, trials);
        foreach (var (number, trial) in trials.Index())
        {
            var claim = store.Claim(trial.Id, TrialOwner.Current, here, TimeSpan.FromMinutes(1))!;
            store.Record(claim, Points(number), new(1, 1, 0));
            store.End(claim, new TrialEnding(TrialState.Complete, Steps, Steps)
            {
                ParametersHash = "0",
                Confusion = [.. Enumerable.Range(0, Classes).Select(i => Enumerable.Range(0, Classes).Select(j => i == j ? 90 : 1).ToArray())],
            });
        }
    }

    static TrialPoints Points(int number)
    {
        double[] loss = new double[Steps], norm = new double[Steps];
        for (int i = 0; i < Steps; i++)
        {
            loss[i] = (2.3 * Math.Exp(-i / 1000.0)) + (0.1 * Math.Abs(Math.Sin(number + (i * 12.9898))));
            norm[i] = loss[i] * (1 + Math.Abs(Math.Cos(i * 78.233)));
        }

        var epochs = Enumerable.Range(0, Epochs + 1).Select(epoch => new EpochRecord(epoch, epoch * (Steps / Epochs), 2.3 * Math.Exp(-epoch / 5.0),
            1 - Math.Exp(-epoch / (4.0 + (number % 7))), double.NaN, double.NaN, 2.4 * Math.Exp(-epoch / 6.0), 0.97 - Math.Exp(-(epoch + 1) / (3.0 + (number % 11))), epoch)).ToList();
        return new(1, loss, norm, epochs, Steps / Epochs);
    }
}
