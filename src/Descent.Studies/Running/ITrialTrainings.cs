using Descent.Studies.Definition;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>Makes the trainings of trials. Called from several threads at the same time.</summary>
public interface ITrialTrainings
{
    /// <summary>A training at its beginning.</summary>
    /// <param name="settings">The trial.</param>
    /// <param name="executor">The executor of the thread that trains.</param>
    /// <exception cref="BadInputException">Data are missing, or a setting does not go with the data.</exception>
    ITrainingRun Create(TrialSettings settings, Executor executor);

    /// <summary>About what a trial takes.</summary>
    TrialEstimate EstimateOf(TrialSettings trial);

    /// <summary>Bytes that all trials share, such as the images; reads the data.</summary>
    long SharedBytes(TrialSettings trial);

    /// <summary>The version of the code beside Descent's own that decides the trial's numbers; null where there is none.</summary>
    string? CodeOf(TrialSettings trial) => null;
}
