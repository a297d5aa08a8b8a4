using Descent.Studies.Definition;
using Descent.Studies.Storage;

namespace Descent.Studies.Running;

/// <summary>What a run of a study works with.</summary>
/// <param name="Store">Where results go.</param>
/// <param name="Checkpoints">Where checkpoints go.</param>
/// <param name="Trainings">Makes the trainings.</param>
/// <param name="Time">All clocks and timers.</param>
/// <param name="Options">How to run.</param>
public sealed record RunContext(
    IStudyStore Store, CheckpointFolder Checkpoints, ITrialTrainings Trainings, TimeProvider Time, RunOptions Options)
{
    /// <summary>Where a trial runs in this process, and by which code.</summary>
    public TrialEnvironment EnvironmentOf(TrialSettings trial) => Trainings.CodeOf(trial) is { } code
        ? ThisMachine.Environment with { Build = $"{ThisMachine.Environment.Build}+{code}" } : ThisMachine.Environment;
}
