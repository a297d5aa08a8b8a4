using Descent.Data;
using Descent.Layers;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

public class AllocationTests
{
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
