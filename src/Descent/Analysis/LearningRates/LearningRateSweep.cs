namespace Descent.Analysis;

/// <summary>The loss while the learning rate grows from step to step: Smith's range test.</summary>
/// <remarks>Smith, "Cyclical learning rates for training neural networks", arXiv:1506.01186; exponential growth and smoothing as by Gugger (2018). Each seed trains a fresh copy
/// of the model. The smoothed loss is an exponential mean, so it follows the loss by about 1/(1 − smoothing) steps.</remarks>
/// <param name="Seeds">In the order asked for.</param>
/// <param name="Rates">As far as all seeds came.</param>
/// <param name="Mean">The mean over seeds of the smoothed losses there.</param>
public sealed record LearningRateSweep(IReadOnlyList<SweepSeed> Seeds, IReadOnlyList<double> Rates, IReadOnlyList<double> Mean)
{
    /// <summary>How the suggestion comes about, in words.</summary>
    public const string Rule = "a tenth of the learning rate at which the mean smoothed loss is least";

    const double Tenth = 0.1;

    /// <summary>The rate at which the mean smoothed loss is least.</summary>
    public double Least => Rates[LeastPlace];

    /// <summary>By <see cref="Rule"/>.</summary>
    public double Suggestion => Tenth * Least;

    /// <summary>The rate at which the mean smoothed loss falls fastest for each factor of the rate, before its least.</summary>
    public double Steepest
    {
        get
        {
            int best = 0;
            double fall = 0;
            for (int i = 1; i < LeastPlace; i++)
            {
                double slope = (Mean[i + 1] - Mean[i - 1]) / Math.Log(Rates[i + 1] / Rates[i - 1]);
                (best, fall) = slope < fall ? (i, slope) : (best, fall);
            }

            return Rates[best];
        }
    }

    /// <summary>Whether the loss was least at the very end, so that a larger rate might do better still.</summary>
    public bool IsStillFalling => LeastPlace == Mean.Count - 1 && Seeds.All(x => !x.HasBlownUp);

    int LeastPlace => Mean.Index().MinBy(x => x.Item).Index;
}

/// <summary>One seed of a sweep.</summary>
/// <param name="Losses">Of each step's batch.</param>
/// <param name="Smoothed">Their exponential mean, corrected for its start.</param>
/// <param name="HasBlownUp">Whether the sweep ended before its last rate: the loss was not finite, or four times its least.</param>
public sealed record SweepSeed(ulong Seed, IReadOnlyList<double> Rates, IReadOnlyList<double> Losses, IReadOnlyList<double> Smoothed, bool HasBlownUp);
