using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Descent.Analysis;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.App.Analyses;

/// <summary>Measures what <c>gradients</c> tells of one model.</summary>
/// <param name="Batches">At most.</param>
/// <param name="Rule">Whose updates are compared with the weights; null for none.</param>
sealed record GradientMeasurement(int Batches, IOptimizer? Rule, string? RuleLabel, Executor Executor, TimeProvider Time, AnalysisProgress Progress, CancellationToken Cancellation)
{
    public GradientReport Run<T>(string label, AnalysisSource source) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var parameters = source.Parameters<T>();
        string hash = Hash(parameters);
        int batchSize = source.GivenBatchSize ?? Math.Min(source.Settings?.BatchSize ?? source.Workload.BatchSize, source.Part.Count);
        var flow = GradientFlowRun.Measure(Executor, source.Model, parameters, source.Part, source.Normalization, source.Mode, batchSize, Batches, source.IsExact, Progress);
        if (hash != Hash(parameters))
        {
            throw new InvalidOperationException("The parameters have changed while they were looked at.");
        }

        if (Rule is not null)
        {
            var ratios = UpdateRatios<T>(source, Rule);
            flow = flow with { Weights = [.. flow.Weights.Select(x => x with { UpdateRatio = ratios?.GetValueOrDefault(x.Name) })] };
        }

        return new(label, source, flow, batchSize, Rule is null ? null : $"‖Δw‖/‖w‖ of step {Batches} of {RuleLabel} from here", hash);
    }

    static string Hash<T>(Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(parameters.Values.Span)));

    /// <summary>Of the last of so many steps on a copy of the parameters; null where the training did not come so far.</summary>
    Dictionary<string, double>? UpdateRatios<T>(AnalysisSource source, IOptimizer rule) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var run = TrainingRun.Create(source.Training(rule, Batches), source.TrainingData, source.Precision, Executor, Time);
        var before = new Recorder(Batches - 1);
        if (Batches == 1)
        {
            before.OnCheckpoint(run.TakeCheckpoint());
        }

        var outcome = run.Run(before, Cancellation);
        if (outcome.End != TrainingEnd.Complete || before.Taken is null)
        {
            return null;
        }

        using Parameters<T> from = new(source.Model.Parameters, source.Model.Statistics), to = new(source.Model.Parameters, source.Model.Statistics);
        WeightsFile.Load(new WeightsContent("The training", before.Taken.Arrays), from);
        WeightsFile.Load(new WeightsContent("The training", run.TakeCheckpoint().Arrays), to);
        return from.Slots.Zip(to.Slots).ToDictionary(x => x.First.Name, x => Ratio(x.First.Value.Span, x.Second.Value.Span));
    }

    static double Ratio<T>(ReadOnlySpan<T> from, ReadOnlySpan<T> to) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double change = 0, size = 0;
        for (int i = 0; i < from.Length; i++)
        {
            double start = double.CreateTruncating(from[i]), way = double.CreateTruncating(to[i]) - start;
            (change, size) = (change + (way * way), size + (start * start));
        }

        return Math.Sqrt(change / size);
    }

    sealed class Recorder(long step) : ITrainingObserver
    {
        public Checkpoint? Taken { get; private set; }

        public void OnStep(in StepRecord step)
        {
        }

        public void OnEpoch(in EpochRecord epoch)
        {
        }

        public bool IsCheckpointDue(long taken, bool isEpochEnd) => taken == step;

        public void OnCheckpoint(Checkpoint checkpoint) => Taken = checkpoint;
    }
}
