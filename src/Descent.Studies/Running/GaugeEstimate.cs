using Descent.Analysis;
using Descent.Studies.Definition;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>About what the gauges of a trial take. That of gradients is a few passes over the parameters and counts as nothing.</summary>
static class GaugeEstimate
{
    /// <summary>A product with the Hessian takes about three times the gradient; a warm search about fifteen of them, as measured on networks of one and of five hidden layers.</summary>
    const int GradientsOfAProduct = 3, ProductsOfASearch = 15;

    /// <summary>A gradient is about three forward passes.</summary>
    const int PassesOfAGradient = 3;

    // A product keeps the outputs of both passes and their gradients; of the images as many at a time as analyses take.
    const int KeptOfAProduct = 8;

    /// <summary>Images of gradients that would take as long.</summary>
    public static long Images(TrialSettings trial) => StudyGauges.Create(trial.Gauges).Sum(gauge => gauge switch
    {
        SharpnessGauge sharpness => (1 + (StudySize.Steps(trial) / sharpness.Every)) * Searches(trial) * ProductsOfASearch * GradientsOfAProduct * (1L + sharpness.Last - sharpness.First),
        ActivationGauge activations => (1 + (StudySize.Steps(trial) / activations.Every)) * (1L + activations.Last - activations.First) / PassesOfAGradient,
        _ => 0,
    });

    /// <summary>While it reads.</summary>
    public static long Memory(TrialSettings trial, TrainingSettings settings)
    {
        int element = trial.Precision == "float64" ? sizeof(double) : sizeof(float);
        long parameters = settings.Model.ParameterCount;
        return settings.Gauges.Sum(gauge => gauge is SharpnessGauge sharpness
            ? ((SharpnessGauge.VectorsOf(parameters, element) + (4 * Searches(trial))) * parameters * element)
                + (KeptOfAProduct * Math.Min(EvaluationBatch.AnalysisBytes, (1L + sharpness.Last - sharpness.First) * settings.Model.Activations * element))
            : gauge is ActivationGauge activations ? Math.Min(EvaluationBatch.AnalysisBytes, (1L + activations.Last - activations.First) * settings.Model.Activations * element) : parameters * element);
    }

    /// <summary>Rules that divide by a second moment have two sharpnesses.</summary>
    static int Searches(TrialSettings trial) => Preconditioner.IsKnown(WorkloadTrainings.Settings(trial).Optimizer) ? 2 : 1;
}
