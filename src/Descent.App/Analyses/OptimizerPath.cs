using System.Numerics;
using Descent.Analysis;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.App.Analyses;

/// <summary>Where an optimizer goes from a point: its parameters every so many steps.</summary>
/// <param name="Steps">Steps taken at each point, 0 at the first.</param>
sealed record OptimizerPath<T>(string Name, IReadOnlyList<long> Steps, IReadOnlyList<ParameterPoint<T>> Points) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What the points of a path may take: with them a laptop still works.</summary>
    const long MostBytes = 2L << 30;

    /// <summary>What is counted.</summary>
    public string Unit { get; init; } = "step";

    public string Label(int point) => $"{Unit} {Steps[point]}";

    /// <exception cref="BadInputException">So many points do not fit into memory.</exception>
    public static OptimizerPath<T> Run(string name, IOptimizer optimizer, AnalysisSource source, long steps, long every, Executor executor, TimeProvider time,
        CancellationToken token)
    {
        if (steps / every * source.Model.ParameterCount * sizeof(double) > MostBytes)
        {
            throw new BadInputException($"--every {every}: {steps / every} points of {source.Model.ParameterCount} parameters take more than 2 GB. Take fewer points.");
        }

        using var run = TrainingRun.Create(source.Training(optimizer, steps), source.TrainingData, source.Precision, executor, time);
        var recorder = new Recorder(source, every);
        recorder.Take(0, run.TakeCheckpoint());
        var outcome = run.Run(recorder, token);
        token.ThrowIfCancellationRequested();
        if (outcome.End == TrainingEnd.Complete && recorder.Steps[^1] != outcome.Steps)
        {
            recorder.Take(outcome.Steps, run.TakeCheckpoint());
        }

        return new(name, recorder.Steps, recorder.Points);
    }

    sealed class Recorder(AnalysisSource source, long every) : ITrainingObserver
    {
        public List<long> Steps { get; } = [];

        public List<ParameterPoint<T>> Points { get; } = [];

        public void OnStep(in StepRecord step)
        {
        }

        public void OnEpoch(in EpochRecord epoch)
        {
        }

        public bool IsCheckpointDue(long step, bool isEpochEnd) => step % every == 0 && !isEpochEnd;

        public void OnCheckpoint(Checkpoint checkpoint) => Take(checkpoint.Step, checkpoint);

        public void Take(long step, Checkpoint checkpoint)
        {
            using var parameters = new Parameters<T>(source.Model.Parameters, source.Model.Statistics);
            WeightsFile.Load(new WeightsContent("The training", checkpoint.Arrays), parameters);
            Steps.Add(step);
            Points.Add(ParameterPoint.Of(parameters));
        }
    }
}
