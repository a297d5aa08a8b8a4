namespace Descent.Training;

/// <summary>Finds the epoch of the highest validation accuracy; of equal ones the first.</summary>
/// <remarks>The evaluation before the first step does not count. Without images for validation there is no best epoch: one that the test images choose would make their
/// accuracy too good, and the loss of the training images mostly chooses the last.</remarks>
public sealed class BestEpoch
{
    double accuracy = double.NegativeInfinity;

    /// <summary>Takes an epoch in; true where it is the best until now.</summary>
    public bool Offer(in EpochRecord epoch)
    {
        bool isBest = epoch.Epoch > 0 && epoch.ValidationAccuracy > accuracy;
        accuracy = isBest ? epoch.ValidationAccuracy : accuracy;
        return isBest;
    }
}
