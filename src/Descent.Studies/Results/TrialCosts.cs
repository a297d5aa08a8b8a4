using Descent.Optimizers;
using Descent.Studies.Definition;
using Descent.Studies.Running;
using Descent.Studies.Statistics;

namespace Descent.Studies.Results;

/// <summary>From a trial's settings to what its steps cost.</summary>
static class TrialCosts
{
    // The forward pass, and the gradients of inputs and of weights, which are products of its size.
    const int PassesPerGradient = 3;

    /// <summary>Null where a name of the settings is in no catalog here: a rule of somebody's own, a workload of another version.</summary>
    public static TrialCost? Of(TrialSettings trial)
    {
        try
        {
            var training = WorkloadTrainings.Settings(trial);
            bool takesOneGradient = OptimizerCatalog.Default.Find(trial.Optimizer).Kind != RuleKind.Reevaluating;
            long element = trial.Precision == "float64" ? sizeof(double) : sizeof(float), parameters = training.Model.ParameterCount;
            return new(trial.BatchSize, PassesPerGradient * (double)training.Model.Flops * trial.BatchSize, takesOneGradient, parameters,
                OptimizerMemory.StateNumbers(training.Optimizer, training.Model.Parameters) * element);
        }
        catch (BadInputException)
        {
            return null;
        }
    }
}
