using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Tensors.Kernels;

/// <summary>Four blocks, by AVX2.</summary>
readonly unsafe struct PhiloxLanes256(Vector256<ulong> value) : IPhiloxLanes<PhiloxLanes256>
{
    readonly Vector256<ulong> value = value;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Blocks => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes256 Broadcast(uint word) => new(Vector256.Create((ulong)word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes256 Counters(uint first) => new(Vector256.Create((ulong)first) + Vector256.Create(0ul, 2, 1, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes256 Multiply(PhiloxLanes256 x, PhiloxLanes256 y) => new(Avx2.Multiply(x.value.AsUInt32(), y.value.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes256 High(PhiloxLanes256 x) => new(x.value >>> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes256 Xor(PhiloxLanes256 x, PhiloxLanes256 y, PhiloxLanes256 z) => new(x.value ^ y.value ^ z.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreKept(PhiloxLanes256 word0, PhiloxLanes256 word1, PhiloxLanes256 word2, PhiloxLanes256 word3, uint threshold, byte* destination)
    {
        var lower = Vector256.Create(0xFFFFFFFFul);
        var first = (word0.value & lower) | (word1.value << 32);
        var second = (word2.value & lower) | (word3.value << 32);

        // Unpacking takes lanes 0 and 2, then 1 and 3: blocks 0 to 3 by the order of the counters.
        var limit = Vector256.Create(threshold);
        var early = Vector256.GreaterThanOrEqual(Avx2.UnpackLow(first, second).AsUInt32(), limit);
        var late = Vector256.GreaterThanOrEqual(Avx2.UnpackHigh(first, second).AsUInt32(), limit);
        var words = Vector256.Narrow(early, late);
        Vector128.Store(Vector128.Narrow(words.GetLower(), words.GetUpper()) & Vector128<byte>.One, destination);
    }
}
