using System.Collections.Concurrent;
using System.Text.Json;
using Descent.Data;
using Descent.Formats;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Tensors.Kernels;

namespace Descent.App.Plans;

/// <summary>How fast each workload trains on this machine, timed once for each build of the program on images of random bytes: for estimates without any
/// data. What was timed is kept beside the data sets, where there is such a folder.</summary>
sealed class PaceCache(DataFolder folder, TimeProvider time)
{
    const string FileName = "paces.json";

    // Short pieces and short times: enough for an estimate of everything in a few seconds.
    const int LargestPiece = 64, Pieces = 2;

    static readonly TimeSpan length = TimeSpan.FromMilliseconds(150);

    // Of this process, so that one answer agrees with the next where nothing can be written.
    static readonly ConcurrentDictionary<string, TrainingSample> timed = new();

    string File => folder.Combine(FileName);

    /// <summary>Seconds that a study would take with a trial on each core.</summary>
    public double Seconds(StudyDefinition study)
    {
        var trials = study.Expand();
        var sample = Of(trials[0].Settings);
        return sample.Seconds(StudySize.Of(trials.Select(x => x.Settings))) / Math.Min(trials.Count, Environment.ProcessorCount);
    }

    TrainingSample Of(TrialSettings trial)
    {
        var place = ThisMachine.Environment;
        string model = string.Join(' ', trial.Model.Select(x => $"{x.Name}={x.Value}"));
        string key = $"{trial.Workload} {model} {trial.Precision} {Piece(trial)} · {place.Machine} {place.Cores} {place.Build}";
        var kept = Kept();
        var sample = kept.GetValueOrDefault(key) ?? timed.GetOrAdd(key, _ => Take(trial));
        if (kept.TryAdd(key, sample))
        {
            Keep(kept);
        }

        return sample;
    }

    TrainingSample Take(TrialSettings trial)
    {
        var trainings = new WorkloadTrainings(folder, time) { Read = name => GeneratedData.Like(DataCatalog.Find(name), Pieces * LargestPiece, LargestPiece) };
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        var settings = trial with { Data = null, ValidationCount = 0, BatchSize = Piece(trial), PhysicalBatch = null, Evaluation = [], Gauges = [] };
        using var run = trainings.CreateSample(settings, executor, Pieces, LargestPiece);
        return TrainingSample.Take(run, settings.BatchSize, length, time);
    }

    static int Piece(TrialSettings trial) => Math.Min(trial.PhysicalBatch ?? trial.BatchSize, LargestPiece);

    Dictionary<string, TrainingSample> Kept()
    {
        try
        {
            return System.IO.File.Exists(File) ? JsonSerializer.Deserialize<Dictionary<string, TrainingSample>>(System.IO.File.ReadAllText(File)) ?? [] : [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            // Timed again: it is a convenience.
            return [];
        }
    }

    void Keep(Dictionary<string, TrainingSample> samples)
    {
        if (!Directory.Exists(folder.Path))
        {
            return;
        }

        // Those of other builds are of no use any more.
        string build = ThisMachine.Environment.Build;
        var current = samples.Where(x => x.Key.EndsWith(build, StringComparison.Ordinal)).ToDictionary();
        try
        {
            AtomicFile.Write(File, stream => JsonSerializer.Serialize(stream, current));
        }
        catch (Exception exception) when (exception is BadInputException or IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
