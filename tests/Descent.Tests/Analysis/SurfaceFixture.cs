using System.Numerics;
using Descent.Analysis;
using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Workloads;
using Formula = Descent.Tests.Lockstep.Formula;

namespace Descent.Tests.Analysis;

/// <summary>The loss of a network on the images and weights of the closed formula.</summary>
sealed class SurfaceFixture<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly WorkerPool pool;

    public SurfaceFixture(Workload workload, Model model, int images, Mode mode = Mode.Evaluation, int? batchSize = null, int threads = 2)
    {
        pool = new WorkerPool(threads);
        Executor = pool.CreateExecutor();
        Model = model;
        Parameters = Formula.Parameters<T>(model);
        Part = DataPart.Whole("train", Formula.Images(workload, images, model.Input == new Shape(64) ? 8 : null));
        Normalization = workload.Normalization.FittedTo(Part);
        Surface = new LossSurface<T>(Executor, model, Parameters, Part, Normalization, mode, batchSize, isExact: true);
    }

    public Executor Executor { get; }

    public Model Model { get; }

    public Parameters<T> Parameters { get; }

    public DataPart Part { get; }

    public Normalization Normalization { get; }

    public LossSurface<T> Surface { get; }

    /// <summary>A network that Golden/hessian.py names.</summary>
    public static SurfaceFixture<T> Of(string name, int images, string mode = "evaluation", int? batchSize = null, int threads = 2)
    {
        var workload = WorkloadCatalog.Find(name.StartsWith("mnist small") ? "mnist-mlp" : name);
        var model = name switch
        {
            "mnist small" => Mlp.Numbered(new Shape(64), [4], 10, Activation.Relu),
            "mnist small bn" => Mlp.SequentialBatchNorm(new Shape(64), [4, 3], 10, Activation.Relu),
            _ => Formula.Model(workload),
        };
        return new(workload, model, images, mode == "training" ? Mode.Training : Mode.Evaluation, batchSize, threads);
    }

    public void Dispose()
    {
        Surface.Dispose();
        Parameters.Dispose();
        Executor.Dispose();
        pool.Dispose();
    }
}
