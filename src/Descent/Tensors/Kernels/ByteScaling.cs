using System.Runtime.Intrinsics;

namespace Descent.Tensors.Kernels;

/// <summary>y = x·scale + shift for bytes x, in one pass: images become a network's input.</summary>
/// <remarks>Product and sum are rounded one after the other, in vectors as in the tail. Vectors of 256 bits everywhere: where the processor has narrower ones, one
/// becomes two.</remarks>
static unsafe class ByteScaling
{
    /// <summary>A pattern's length must be a multiple of this.</summary>
    public const int Lanes = 8;

    /// <param name="scales">A pattern that begins anew wherever it ends, [<see cref="Lanes"/>·k].</param>
    /// <param name="shifts">As long as the scales.</param>
    /// <param name="destination">As long as the source.</param>
    public static void Run(ReadOnlySpan<byte> source, ReadOnlySpan<float> scales, ReadOnlySpan<float> shifts, Span<float> destination)
    {
        if (source.Length != destination.Length || scales.Length != shifts.Length || scales.IsEmpty || scales.Length % Lanes != 0)
        {
            throw new ArgumentException($"{source.Length} bytes, {destination.Length} values, {scales.Length} scales, {shifts.Length} shifts.", nameof(source));
        }

        fixed (byte* x = source)
        fixed (float* a = scales, b = shifts, y = destination)
        {
            for (int begin = 0; begin < source.Length; begin += scales.Length)
            {
                Part(x + begin, a, b, y + begin, Math.Min(scales.Length, source.Length - begin));
            }
        }
    }

    static void Part(byte* x, float* a, float* b, float* y, int count)
    {
        int i = 0;
        for (; i <= count - Lanes; i += Lanes)
        {
            var words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)(x + i)).AsByte());
            var value = Vector256.ConvertToSingle(Vector256.WidenLower(words.ToVector256Unsafe()).AsInt32());
            Vector256.Store((value * Vector256.Load(a + i)) + Vector256.Load(b + i), y + i);
        }

        for (; i < count; i++)
        {
            y[i] = (x[i] * a[i]) + b[i];
        }
    }
}
