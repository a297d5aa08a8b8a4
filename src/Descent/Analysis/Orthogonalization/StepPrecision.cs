namespace Descent.Analysis;

/// <summary>The arithmetic of an iteration: products gather in <see cref="StepPrecision.Float32"/> or <see cref="StepPrecision.Float64"/>, and every result is
/// rounded.</summary>
public enum StepPrecision
{
    Float64,

    Float32,

    /// <summary>Eight bits of significand, rounded to even; sums in float32, as matrix units compute.</summary>
    BFloat16,
}

/// <summary>Rounds to a precision.</summary>
static class Rounding
{
    public static double Round(this StepPrecision precision, double value) => precision switch
    {
        StepPrecision.Float64 => value,
        StepPrecision.Float32 => (float)value,
        _ => ToBFloat16((float)value),
    };

    static double ToBFloat16(float value)
    {
        if (!float.IsFinite(value))
        {
            return value;
        }

        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
