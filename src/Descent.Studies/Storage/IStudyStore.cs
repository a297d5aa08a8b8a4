using Descent.Studies.Definition;
using Descent.Studies.Statistics;
using Descent.Training;

namespace Descent.Studies.Storage;

/// <summary>Keeps studies, trials and their points. Rules that every store keeps:
/// <list type="bullet">
/// <item>Every method is one transaction: it happens as a whole or not at all, whatever stops the process, and what has returned
/// stays.</item>
/// <item>All methods may be called from any thread, and several processes may use one store at the same time.</item>
/// <item>A trial is known by the hash of its settings; studies that ask for the same settings share it.</item>
/// <item>A trial's results are written under a claim. A claim holds until its lease ends; after that, or when its owner is gone, the next
/// claim replaces it, and <see cref="Record"/>, <see cref="End"/> and <see cref="Release"/> of the replaced one throw
/// <see cref="ClaimLostException"/> and change nothing. A lease that has ended but was not replaced still holds.</item>
/// <item>A trial that is complete or has diverged is never claimed again; one that has failed, or was pruned for a study, may be.</item>
/// <item>Recording a step or an epoch again replaces what was recorded for it and keeps what was recorded after it; <see cref="End"/>
/// removes what lies behind the trial's last step.</item>
/// <item>Time is the store's <see cref="TimeProvider"/>.</item>
/// <item>What goes wrong with the store itself (full, locked, read-only, damaged) is a <see cref="BadInputException"/> of one
/// sentence.</item>
/// </list></summary>
public interface IStudyStore : IDisposable
{
    /// <summary>Where it is, as messages name it.</summary>
    string Location { get; }

    /// <summary>Stores a study as it is now: its trials in their order, new ones waiting. Trials that it had before and has no longer stay
    /// stored, and another process may be running them, but they are not among <see cref="Trials"/>.</summary>
    void Save(StudyDefinition study, IReadOnlyList<PlannedTrial> trials);

    /// <summary>All studies by name.</summary>
    IReadOnlyList<StoredStudy> Studies();

    /// <summary>The study of a name; null when there is none.</summary>
    StoredStudy? Study(string name);

    /// <summary>The trials of a study in its order; empty where there is no such study.</summary>
    IReadOnlyList<StudyTrial> Trials(string study);

    /// <summary>The trial of an id; null when there is none.</summary>
    StoredTrial? Trial(string id);

    /// <summary>Removes a study and those of its trials that no other study has ever asked for.</summary>
    /// <returns>The ids of the removed trials.</returns>
    /// <exception cref="BadInputException">One of its trials is being run, or there is no such study.</exception>
    IReadOnlyList<string> Delete(string study);

    /// <summary>Takes a trial that waits, has failed, was pruned, or whose owner let the lease end or is gone.</summary>
    /// <returns>Null when the trial has ended, is held by somebody, or is not stored.</returns>
    TrialClaim? Claim(string trialId, TrialOwner owner, TrialEnvironment environment, TimeSpan lease);

    /// <summary>Prolongs leases from now on.</summary>
    /// <returns>The claims that are lost.</returns>
    IReadOnlyList<TrialClaim> Renew(IReadOnlyList<TrialClaim> claims, TimeSpan lease);

    /// <summary>Adds points, and adds clock readings to those of the trial.</summary>
    /// <exception cref="ClaimLostException">Somebody else has claimed the trial.</exception>
    void Record(TrialClaim claim, TrialPoints points, TrialClock clock);

    /// <summary>Keeps how widely a trial's weights scatter before its first step.</summary>
    /// <exception cref="ClaimLostException">Somebody else has claimed the trial.</exception>
    void RecordInitialWeights(TrialClaim claim, IReadOnlyList<WeightDeviation> weights);

    /// <summary>Ends a trial and its claim.</summary>
    /// <exception cref="ClaimLostException">Somebody else has claimed the trial.</exception>
    void End(TrialClaim claim, TrialEnding ending);

    /// <summary>Gives a trial back unfinished: it waits again, with all that was recorded.</summary>
    /// <exception cref="ClaimLostException">Somebody else has claimed the trial.</exception>
    void Release(TrialClaim claim);

    /// <summary>All points of the steps of a trial; empty where nothing is recorded.</summary>
    StepSeries Steps(string trialId);

    /// <summary>All evaluations of a trial in ascending order of the step. What was not measured is NaN.</summary>
    IReadOnlyList<EpochRecord> Epochs(string trialId);

    /// <summary>The evaluations of all trials of a study at once, each as <see cref="Epochs"/> gives them, by the trial's id; trials without any are
    /// left out.</summary>
    IReadOnlyDictionary<string, IReadOnlyList<EpochRecord>> StudyEpochs(string study);

    /// <summary>What the gauges of a trial have read, by gauge, in ascending order of the step; empty where there were none.</summary>
    IReadOnlyList<GaugeSeries> Gauges(string trialId);

    /// <summary>What <see cref="RecordInitialWeights"/> kept of a trial; empty where nothing was.</summary>
    IReadOnlyList<WeightDeviation> InitialWeights(string trialId);

    /// <summary>How many images of class i [row] of the test split were taken for class j [column] at the end of a complete trial; null where that is
    /// not stored.</summary>
    IReadOnlyList<IReadOnlyList<int>>? Confusion(string trialId);
}
