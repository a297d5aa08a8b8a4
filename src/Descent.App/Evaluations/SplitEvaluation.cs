using System.Numerics;
using Descent.Data;
using Descent.Formats;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.App.Evaluations;

/// <summary>What trained parameters do on a split, in the precision of their file. Any thread may look how far it is.</summary>
/// <param name="split">train, validation or test, as the training that made the file drew them.</param>
sealed class SplitEvaluation(TrainedWeights weights, string split, DataFolder folder, Executor executor)
{
    int done, total;

    /// <summary>Whether convolutions are summed tap by tap, also where the training did not do so.</summary>
    public bool IsExact { get; init; }

    /// <summary>Images measured.</summary>
    public int Done => Volatile.Read(ref done);

    /// <summary>Images to measure; 0 until they are read.</summary>
    public int Total => Volatile.Read(ref total);

    /// <exception cref="BadInputException">The arrays are not the parameters of the workload's model, its data are missing, or the split has no images.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EvaluationResult Run(CancellationToken token) =>
        weights.Arrays.Any(array => array.Type == ElementType.Float64) ? Run<double>(token) : Run<float>(token);

    EvaluationResult Run<T>(CancellationToken token) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var parameters = new Parameters<T>(weights.Model.Parameters, weights.Model.Statistics);
        WeightsFile.Load(weights.Content, parameters);
        var (workload, settings) = (weights.Workload, weights.Settings);
        var set = workload.Data.Load(folder);
        var parts = DataSplit.Draw(set, settings?.SplitSeed ?? 0, settings?.ValidationCount ?? 0);
        var part = parts.Part(split);
        if (part.Count == 0)
        {
            throw new BadInputException(split == "validation"
                ? $"{weights.File}: its training set no images apart for validation."
                : $"{workload.Name} has no {split} images.");
        }

        Volatile.Write(ref total, part.Count);
        using var evaluation = new Evaluation<T>(executor, weights.Model, parameters, workload.Normalization.FittedTo(parts.Train))
        {
            IsExact = IsExact || settings is { IsExact: true },
        };
        return evaluation.Run(part, images => Volatile.Write(ref done, done + images), token);
    }
}
