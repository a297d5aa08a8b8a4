using System.Numerics;
using Descent.Optimizers;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

/// <summary>What is kept of a training is what was measured, also by rules whose parameters are evaluated elsewhere than where they are trained.</summary>
public class EvaluatedWeightsTests
{
    static readonly TrainingSettings settings = DigitsTraining.Settings with { Optimizer = new Halved(), Epochs = 2 };

    [Fact]
    public void WeightsAreTheParametersThatWereMeasured()
    {
        var (_, told) = DigitsTraining.Run(settings, isCheckpointDue: step => step == 90);

        Assert.Equal([0, 45, 90], told.Weights.Select(weights => weights.Step));
        foreach (var (trained, kept) in told.Checkpoints[0].Arrays.Zip(told.Weights[^1].Arrays))
        {
            Assert.Equal(trained.Name, kept.Name);
            Assert.Equal(trained.Values<float>().ToArray().Select(x => x / 2), kept.Values<float>().ToArray());
        }

        for (int i = 0; i < 3; i++)
        {
            var weights = new InitialWeights(new("kept", told.Weights[i].Arrays));
            var (_, again) = DigitsTraining.Run(DigitsTraining.Settings with { Weights = weights, Epochs = 0 });
            Assert.Equal(told.Epochs[i].TestLoss, again.Epochs[0].TestLoss);
        }
    }

    [Fact]
    public void WeightsAndLogitsTakenAtTheEndAreTheSameAndLeaveTheTrainingWhereItIs()
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var run = TrainingRun.Create(settings, DigitsTraining.Data, "float32", executor, TimeProvider.System);
        var told = new RecordingObserver(_ => false);
        string hash = run.Run(told, TestContext.Current.CancellationToken).ParametersHash;
        float[] before = run.TakeCheckpoint().Arrays[0].Values<float>().ToArray();

        Assert.Equal(told.Weights[^1].Arrays[0].Values<float>(), run.TakeWeights().Arrays[0].Values<float>());
        Assert.Equal(before.Select(x => x / 2), run.TakeWeights().Arrays[0].Values<float>().ToArray());
        _ = run.LastLogits();
        Assert.Equal(before, run.TakeCheckpoint().Arrays[0].Values<float>().ToArray());
        Assert.Equal(hash, DigitsTraining.Run(settings).Outcome.ParametersHash);
    }

    /// <summary>Gradient descent whose parameters are evaluated at half their values.</summary>
    sealed record Halved(double LearningRate = 0.1) : IOptimizer
    {
        public IReadOnlyList<string> States => [];

        public bool EvaluatesElsewhere => true;

        public void Step<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            step.Update(new Descent<V>(V.Broadcast(LearningRate)));

        public void MoveToEvaluation<V, T>(StepContext<V, T> step) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            step.Update(new Halving<V>(V.Broadcast(0.5)));

        readonly struct Descent<V>(V rate) : ICoordinateRule<V> where V : struct, IVector<V>
        {
            public void Apply(ref V p, V g) => p -= rate * g;
        }

        readonly struct Halving<V>(V half) : ICoordinateRule<V> where V : struct, IVector<V>
        {
            public void Apply(ref V p, V g) => p *= half;
        }
    }
}
