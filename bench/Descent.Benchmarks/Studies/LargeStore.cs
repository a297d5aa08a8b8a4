using System.Diagnostics;
using System.Globalization;
using Descent.Data;
using Descent.Studies;
using Descent.Studies.Definition;
using Descent.Studies.Reports;
using Descent.Studies.Results;
using Descent.Studies.Results.Sections;
using Descent.Studies.Running;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Benchmarks.Studies;

/// <summary>A store of a thousand trials with ten million points, and how long what reads it takes.</summary>
static class LargeStore
{
    static readonly string[] rules = ["sgd", "adam", "adamw", "rmsprop", "lion"];

    // As TrialRecorder does.
    const int Piece = 2000, Pieces = 50;

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

        Write(path);
        for (int run = 0; run < 3; run++)
        {
            using var store = SqliteStudyStore.Open(path, TimeProvider.System);
            var study = store.Studies()[0];
            Time("show", () =>
            {
                var summary = StudySummary.From(StoredResults.Trials(store, study));
                return summary.Settings.Count + BesideResults.Of(study, summary).Count;
            });
            Time("report", () =>
            {
                using var page = new StringWriter();
                Report.Write(StoredResults.Report(store, study, TimeProvider.System), page);
                return page.GetStringBuilder().Length;
            });
        }
    }

    /// <summary>Steps of the quickest workload, and the same steps' points recorded in pieces as a trial records them, into the store of ten million.</summary>
    static void Write(string path)
    {
        var study = StudyFile.Parse("name: writing\nworkload: digits-mlp\nepochs: 40\nseeds: [0]\nevaluate: { train: 1, test: 1, every: 1000000 }\noptimizers: [sgd]", "writing.yaml");
        var trial = study.Expand()[0];
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = new WorkloadTrainings(new DataFolder("unused"), TimeProvider.System).Create(trial.Settings, executor);
        var silent = new Silent();
        long start = Stopwatch.GetTimestamp();
        long steps = run.Run(silent, CancellationToken.None).Steps;
        double training = Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
        using var store = SqliteStudyStore.Open(path, TimeProvider.System);
        store.Save(study, [trial]);
        var claim = store.Claim(trial.Id, TrialOwner.Current, here, TimeSpan.FromMinutes(1))!;
        var points = Points(1);
        start = Stopwatch.GetTimestamp();
        for (int piece = 0; piece < Pieces; piece++)
        {
            store.Record(claim, new(1 + (piece * Piece), points.Loss[..Piece], points.GradientNorm[..Piece], [], Piece), new(0, 0, 0));
        }

        double writing = Stopwatch.GetElapsedTime(start).TotalSeconds / (Pieces * Piece);
        store.Release(claim);
        _ = store.Delete("writing");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name": "write", "microseconds_a_step": {{1e6 * writing:F3}}, "training_microseconds_a_step": {{1e6 * training:F2}}, "share": {{writing / training:F4}}}"""));
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

    sealed class Silent : ITrainingObserver
    {
        public void OnStep(in StepRecord step)
        {
        }

        public void OnEpoch(in EpochRecord epoch)
        {
        }

        public bool IsCheckpointDue(long step, bool isEpochEnd) => false;

        public void OnCheckpoint(Checkpoint checkpoint)
        {
        }
    }
}
