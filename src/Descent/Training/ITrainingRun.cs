using Descent.Data;
using Descent.Formats;
using Descent.Models;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>One training, in the precision that was asked for. Used by one thread.</summary>
public interface ITrainingRun : IDisposable
{
    /// <summary>Steps from the first to the last.</summary>
    long TotalSteps { get; }

    long StepsPerEpoch { get; }

    /// <summary>Goes back to where <paramref name="checkpoint"/> was taken. What follows has the same bits as if the training had never stopped.</summary>
    /// <exception cref="BadInputException">The checkpoint belongs to another model or another optimizer; the message says what differs.</exception>
    void Restore(Checkpoint checkpoint);

    /// <summary>Trains until all steps are taken, the loss is not finite, or <paramref name="token"/> is cancelled, also amid an evaluation: then the observer gets a
    /// checkpoint.</summary>
    TrainingOutcome Run(ITrainingObserver observer, CancellationToken token);

    /// <summary>The present position; also after the end, to keep the trained parameters.</summary>
    Checkpoint TakeCheckpoint();

    /// <summary>The parameters as an evaluation sees them (those of a rule that averages are the average) and the running statistics, without what only a training needs
    /// to go on.</summary>
    Checkpoint TakeWeights();

    /// <summary>The same with the optimizer's state, which analyses look at: what an adaptive rule divides by. Of a rule that averages, the state is that of the parameters that are
    /// trained.</summary>
    Checkpoint TakeWeightsWithState();

    /// <summary>What was measured last on the test split. After a resume from where it was measured, it is measured again; null where the last steps
    /// were not evaluated, before the first evaluation here.</summary>
    EvaluationResult? LastTest { get; }

    /// <summary>How widely the values of each weight scatter now, in the model's order; vectors, as biases are, are left out.</summary>
    IReadOnlyList<WeightDeviation> WeightDeviations();

    /// <summary>What the model with its present parameters makes of the batch of the last step that was taken here, in evaluation mode and without augmentation:
    /// <c>logits</c> [images, classes]. Null before the first step.</summary>
    NamedArray? LastLogits();
}

/// <summary>Makes trainings.</summary>
public static class TrainingRun
{
    /// <summary>The names of the precisions that parameters and activations may have.</summary>
    public static IReadOnlyList<string> Precisions { get; } = ["float32", "float64"];

    /// <param name="precision">float32 or float64.</param>
    /// <param name="executor">Runs the arithmetic; belongs to the thread that trains.</param>
    /// <exception cref="BadInputException">A setting does not go with the data; the message says which.</exception>
    public static ITrainingRun Create(TrainingSettings settings, TrainingData data, string precision, Executor executor, TimeProvider time)
    {
        if (settings.BatchSize < 1 || settings.BatchSize > data.Train.Count)
        {
            throw new BadInputException($"batch_size must lie in 1-{data.Train.Count} (images of {data.Train.Name}), got {settings.BatchSize}.");
        }

        RequireFit(settings.Model, data.Train);
        RequireTensors(settings);

        return precision switch
        {
            "float32" => new TrainingRun<float>(settings, data, executor, time),
            "float64" => new TrainingRun<double>(settings, data, executor, time),
            _ => throw new BadInputException($"There is no precision \"{precision}\".{NearestName.Hint(precision, Precisions)}"),
        };
    }

    /// <summary>Every layer's output for a piece of a batch must be a tensor.</summary>
    static void RequireTensors(TrainingSettings settings)
    {
        int piece = Math.Min(settings.PhysicalBatch ?? settings.BatchSize, settings.BatchSize);
        var largest = settings.Model.Layers.MaxBy(layer => layer.Output.Count)!;
        if ((long)piece * largest.Output.Count > int.MaxValue)
        {
            throw new BadInputException($"{piece} images at a time are too many for this model: {largest.Name} gives {largest.Output} of each, and a tensor has at most {int.MaxValue} "
                + $"numbers. Give a physical batch of at most {int.MaxValue / largest.Output.Count}.");
        }
    }

    /// <summary>A model of vectors takes images of as many values, one of images only those of its sides and channels.</summary>
    static void RequireFit(Model model, DataPart part)
    {
        var shape = part.Images.Shape;
        bool isOfSize = model.Input.Rank == 1 ? model.Input.Count == shape.Length : model.Input == new Shape(shape.Height, shape.Width, shape.Channels);
        if (!isOfSize)
        {
            throw new BadInputException($"The model takes images of {model.Input}, those of {part.Name} are {shape}.");
        }

        if (part.Images.ClassCount > model.Classes)
        {
            throw new BadInputException($"The model tells {model.Classes} classes apart, the images of {part.Name} have {part.Images.ClassCount}.");
        }
    }
}
