using Descent.Data;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

public class AllocationTests
{
    /// <summary>A step in pieces of a network with everything that looks at the step: batch norm, dropout, augmentation.</summary>
    [Fact]
    public void AStepInPiecesAllocatesNothing()
    {
        var settings = ImageTraining.Settings with
        {
            Model = ImageTraining.Net(hasBatchNorm: true, dropout: 0.3),
            PhysicalBatch = 12,
            Augmentation = Augmentation.CropAndFlip,
        };
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>(settings.Model.Parameters, settings.Model.Statistics);
        settings.Initialization.Initialize(parameters, 0);
        using var gradient = new BatchGradient<float>(executor, settings, ImageTraining.Data, parameters);
        int[] batch = [.. Enumerable.Range(0, 32)];
        long step = 0;
        Assert.Equal(0, Allocated.BySteadyRuns(() => _ = gradient.Run(batch, step++, epoch: 1)));
    }

    /// <summary>Managed bytes of the computing thread, which runs the same chunks as its helpers, and native bytes of the arenas.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AStepAllocatesNothingOnceItHasRun(int threads)
    {
        var settings = DigitsTraining.Settings;
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>(settings.Model.Parameters);
        InitializationCatalog.Parse("he").Initialize(parameters, 0);
        foreach (var optimizer in (IOptimizer[])[new Sgd(Momentum: 0.9), new RmsProp(Centered: true, Momentum: 0.9), new Adam(), new Amsgrad()])
        {
            using var run = new OptimizerRun<float>(optimizer, parameters, executor);
            using var graph = new StepGraph<float>(executor, settings.Model, parameters, Normalization.Digits, 32);
            var norm = new SquaredNorm<float>(parameters.Gradients);
            var order = BatchOrder.Shuffled(DigitsTraining.Data.Train, 32, seed: 0);
            var batch = new int[32];
            Step();
            long reserved = graph.ReservedBytes;
            Assert.Equal(0, Allocated.BySteadyRuns(Step));
            Assert.Equal(reserved, graph.ReservedBytes);

            void Step()
            {
                _ = order.NextBatch(batch);
                _ = graph.Run(DigitsTraining.Data.Train.Images, batch, Augmentation.CropAndFlip.At(0, order.Epoch));
                run.Step(gradientScale: Math.Min(1, 1 / Math.Sqrt(norm.Run(executor))));
            }
        }
    }
}
