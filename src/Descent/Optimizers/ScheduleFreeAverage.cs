using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>The average that schedule-free rules keep.</summary>
static class ScheduleFreeAverage
{
    public static IReadOnlyList<string> Scalars { get; } = ["weight_sum", "lr_max"];

    /// <summary>The part of η at a step, the first being 1.</summary>
    public static double Warmup(long number, double steps) => number < steps ? number / steps : 1;

    /// <summary>c, the share of the newest iterate in the average.</summary>
    public static double Share<V, T>(StepContext<V, T> step, double rate, double power, double ratePower)
        where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = Math.Max(rate, step.Scalar("lr_max"));
        double weight = Math.Pow(step.Number, power) * Math.Pow(largest, ratePower), sum = step.Scalar("weight_sum") + weight;
        step.SetScalar("lr_max", largest);
        step.SetScalar("weight_sum", sum);
        return sum > 0 ? weight / sum : 0;
    }

    /// <exception cref="BadInputException">It is zero: the average could not be found again.</exception>
    public static void RequireMomentum(string owner, string name, double value)
    {
        if (value == 0)
        {
            throw new BadInputException($"{owner}: {name} must be above 0, or the average is lost, got 0.");
        }
    }
}

/// <summary>z begins where the parameters do.</summary>
readonly struct ScheduleFreeStart<V> : ICoordinateRule1<V> where V : struct, IVector<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref V y, V g, ref V z) => z = y;
}

/// <summary>From y to x.</summary>
readonly struct ScheduleFreeTake<V>(V towards) : ICoordinateRule1<V> where V : struct, IVector<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref V y, V g, ref V z) => y += towards * (z - y);
}
