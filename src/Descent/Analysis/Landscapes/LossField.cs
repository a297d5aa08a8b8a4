using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Descent.Data;
using Descent.Layers;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Analysis;

/// <summary>The mean loss of a model over some images at many points of the space of its parameters, several at a time.</summary>
/// <remarks>Each thread has a copy of the parameters, so that those of the caller never change. A point's loss is that of <see cref="LossSurface{T}.Loss"/> to the bit,
/// whoever computes it.</remarks>
public sealed class LossField<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What the images of all threads may take as numbers; of more, every point brings them in again.</summary>
    const long ResidentBytes = 1L << 30;

    readonly ConcurrentBag<Station> stations = [];
    readonly ConcurrentBag<Station> all = [];
    readonly Executor executor;
    readonly Func<Station> create;

    /// <param name="parameters">Whose running statistics hold at every point that sets none; copied when first needed.</param>
    /// <param name="normalization">Fitted.</param>
    /// <param name="batchSize">Images a batch in training mode; null in evaluation mode.</param>
    /// <exception cref="BadInputException">There are no images, or the batch does not fit.</exception>
    public LossField(Executor executor, Model model, Parameters<T> parameters, DataPart part, Normalization normalization, Mode mode, int? batchSize = null, bool isExact = false)
    {
        this.executor = executor;
        int size = SurfaceBatches.Size(model, part, mode, batchSize) ?? EvaluationBatch.Largest(model, Unsafe.SizeOf<T>());
        bool isResident = (long)part.Count * model.Input.Count * Unsafe.SizeOf<T>() * executor.Threads <= ResidentBytes;
        create = () => new Station(model, parameters, part, normalization, new() { IsExact = isExact, Mode = mode }, size, isResident);
    }

    /// <summary>Told of each point; null where nobody asks.</summary>
    public AnalysisProgress? Progress { get; set; }

    /// <summary>The losses of so many points.</summary>
    /// <param name="place">Puts a point's numbers into parameters; called by several threads, each with parameters of its own.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public double[] At(int count, Action<int, Parameters<T>> place, CancellationToken token = default)
    {
        double[] losses = new double[count];
        Progress?.Begin("points", count);
        executor.Run(new Work(count, i =>
        {
            token.ThrowIfCancellationRequested();
            var station = stations.TryTake(out var idle) ? idle : Open();
            place(i, station.Parameters);
            losses[i] = station.Loss();
            stations.Add(station);
            Progress?.Count();
        }));
        return losses;
    }

    public void Dispose()
    {
        foreach (var station in all)
        {
            station.Dispose();
        }
    }

    Station Open()
    {
        var station = create();
        all.Add(station);
        return station;
    }

    /// <summary>What one thread works with.</summary>
    sealed class Station : IDisposable
    {
        readonly WorkerPool pool = new(1);
        readonly Executor executor;
        readonly List<(LossGraph<T> Graph, int Count)> resident = [];
        readonly LossGraphs<T>? passing;
        readonly DataPart part;

        public Station(Model model, Parameters<T> from, DataPart part, Normalization normalization, StepGraphOptions options, int batchSize, bool isResident)
        {
            this.part = part;
            executor = pool.CreateExecutor();
            Parameters = new Parameters<T>(model.Parameters, model.Statistics);
            from.Values.Span.CopyTo(Parameters.Values.Span);
            foreach (var (source, target) in from.Statistics.Zip(Parameters.Statistics))
            {
                source.Value.Span.CopyTo(target.Value.Span);
            }

            if (!isResident)
            {
                passing = new(executor, model, Parameters, normalization, options with { Position = new StepPosition(seed: 0) { MovesStatistics = false } }, batchSize);
                return;
            }

            foreach (var (first, batch) in SurfaceBatches.Of(part, batchSize))
            {
                var position = new StepPosition(seed: 0) { MovesStatistics = false, FirstImage = first };
                var graph = new LossGraph<T>(executor, model, Parameters, normalization, batch.Length, options with { Position = position });
                graph.Load(part.Images, batch.Span);
                resident.Add((graph, batch.Length));
            }
        }

        public Parameters<T> Parameters { get; }

        public double Loss()
        {
            if (passing is not null)
            {
                return passing.Mean(part);
            }

            double total = 0;
            foreach (var (graph, count) in resident)
            {
                total += count * graph.Run();
            }

            return total / part.Count;
        }

        public void Dispose()
        {
            passing?.Dispose();
            resident.ForEach(one => one.Graph.Dispose());
            Parameters.Dispose();
            executor.Dispose();
            pool.Dispose();
        }
    }
}
