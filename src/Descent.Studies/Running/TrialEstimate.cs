using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>Estimates of what a whole trial takes: enough to begin the longest ones first and to keep memory bounded. No number depends on it.</summary>
/// <param name="Operations">Floating-point operations of steps, updates and evaluations: trials compare by it, seconds do not follow from it.</param>
/// <param name="MemoryBytes">While it is in flight, beside the images.</param>
public sealed record TrialEstimate(double Operations, long MemoryBytes)
{
    // A backward pass is two products for each of the forward pass. An update waits for memory: 8 bytes of it cost about as much as 16 operations.
    const int PassesOfAStep = 3, OperationsOfAnUpdate = 16;

    internal static TrialEstimate Of(TrialSettings trial, TrainingSettings settings)
    {
        var (model, size) = (settings.Model, StudySize.Of([trial]));
        int gradients = OptimizerDescription.Of(settings.Optimizer) is { Kind: RuleKind.Reevaluating } ? 2 : 1;
        double images = ((double)gradients * PassesOfAStep * size.TrainedImages) + ((double)PassesOfAStep * size.GaugedImages) + size.MeasuredImages;
        double updates = (double)OperationsOfAnUpdate * model.ParameterCount * StudySize.Steps(trial);
        return new((images * model.Flops) + updates, Memory(trial, settings));
    }

    /// <summary>Parameters, gradients and the optimizer's state, each layer's output with its gradient for one piece of a batch, the largest batch of an
    /// evaluation, what gauges take, and a checkpoint that is being written.</summary>
    static long Memory(TrialSettings trial, TrainingSettings settings)
    {
        var model = settings.Model;
        int element = trial.Precision == "float64" ? sizeof(double) : sizeof(float);
        long states = OptimizerMemory.StateNumbers(settings.Optimizer, model.Parameters);
        long kept = (model.ParameterCount * 2) + states + (2L * (trial.PhysicalBatch ?? trial.BatchSize) * model.Activations);
        long checkpoint = model.ParameterCount + states;
        return ((kept + checkpoint) * element) + EvaluationBatch.Bytes(model, element) + GaugeEstimate.Memory(trial, settings);
    }
}
