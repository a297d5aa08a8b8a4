using Descent.Studies.Charts;

namespace Descent.Studies.Comparisons;

/// <summary>The answer of a comparison.</summary>
/// <param name="Kind">What is claimed.</param>
/// <param name="Sentence">The answer with its confidence.</param>
/// <param name="Leader">The optimizer with the highest mean.</param>
/// <param name="Undecided">Those that are not shown to be worse than the leader.</param>
public sealed record Verdict(VerdictKind Kind, string Sentence, ComparedOptimizer Leader, IReadOnlyList<ComparedOptimizer> Undecided)
{
    /// <summary>The chance that any of the pairs is claimed to differ although it does not.</summary>
    public const double Level = 0.05;

    const int MostNames = 4;

    /// <summary>A winner must be shown to be better than each of the others by the corrected tests of all pairs, with no diverged seed of its own: the
    /// means of an optimizer that diverged speak of its better seeds alone.</summary>
    public static Verdict Of(IReadOnlyList<ComparedOptimizer> ranking, IReadOnlyList<ComparedOptimizer> left, IReadOnlyList<ComparedPair> pairs, double delta)
    {
        var leader = ranking[0];
        var own = pairs.Where(pair => pair.Has(leader)).ToList();
        var shown = own.Where(pair => pair.IsShown && pair.First == leader).ToList();
        var undecided = own.Except(shown).ToList();
        string confidence = $"at {Numbers.Percent(1 - Level, 0)} confidence{(pairs.Count == 1 ? "" : $" over all {pairs.Count} pairs")}";
        string without = left.Count == 0 ? "" : $" {Names(left)} cannot be ranked: no complete seed.";
        if (leader.Diverged > 0)
        {
            return new(VerdictKind.Undecided, $"No winner: {leader.Label} has the highest mean, but diverged at {leader.Diverged} of {Count(leader.Finals.Count, "seed")}, "
                + $"which its mean leaves out.{without}", leader, [.. undecided.Select(pair => pair.Other(leader))]);
        }

        if (undecided.Count == 0)
        {
            var nearest = shown.MinBy(pair => pair.Difference.Sample.Mean)!;
            string small = nearest.Simultaneous is { } interval && interval.Upper < delta ? $", less than the difference that matters, {ComparedMetric.Points(delta)}" : "";
            return new(VerdictKind.Winner, $"{leader.Label} is the best of {ranking.Count}, {confidence}: the nearest, {nearest.Other(leader).Label}, is "
                + $"{ComparedMetric.Points(nearest.Difference.Sample.Mean)} below{small}.{without}", leader, []);
        }

        var equal = undecided.Where(pair => pair.Simultaneous is { } interval && interval.Lower > -delta && interval.Upper < delta).ToList();
        string behind = shown.Count == 0 ? "" : $" It is shown to be better than {Names([.. shown.Select(pair => pair.Other(leader))])}, {confidence}.";
        var others = undecided.Select(pair => pair.Other(leader)).ToList();
        return equal.Count == undecided.Count
            ? new(VerdictKind.Tie, $"A tie: {leader.Label} leads, but {Names(others)} {(others.Count == 1 ? "is" : "are")} within {ComparedMetric.Points(delta)} of it, {confidence}.{behind}{without}",
                leader, others)
            : new(VerdictKind.Undecided, $"No winner: {leader.Label} has the highest mean, but with {Seeds(undecided)} {Names(others)} cannot be told from "
                + $"it.{behind}{without}", leader, others);
    }

    internal static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    internal static string Names(IReadOnlyList<ComparedOptimizer> optimizers)
    {
        var labels = optimizers.Select(x => x.Label).ToList();
        return labels.Count == 1 ? labels[0]
            : labels.Count <= MostNames ? $"{string.Join(", ", labels.SkipLast(1))} and {labels[^1]}"
            : $"{string.Join(", ", labels.Take(MostNames - 1))} and {labels.Count - MostNames + 1} others";
    }

    static string Seeds(IReadOnlyList<ComparedPair> pairs)
    {
        int least = pairs.Min(pair => pair.Difference.Differences.Count), most = pairs.Max(pair => pair.Difference.Differences.Count);
        return least == most ? Count(least, "seed") : $"{least} to {most} seeds";
    }
}

/// <summary>What a verdict claims.</summary>
public enum VerdictKind
{
    /// <summary>One optimizer is better than each of the others.</summary>
    Winner,

    /// <summary>Those that are not shown to be worse than the leader are shown to be within δ of it.</summary>
    Tie,

    /// <summary>Nothing of the best: the seeds do not suffice.</summary>
    Undecided,
}
