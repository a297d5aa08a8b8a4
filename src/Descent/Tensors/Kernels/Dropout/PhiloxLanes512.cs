using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Tensors.Kernels;

/// <summary>Eight blocks, by AVX-512.</summary>
readonly unsafe struct PhiloxLanes512(Vector512<ulong> value) : IPhiloxLanes<PhiloxLanes512>
{
    readonly Vector512<ulong> value = value;

    public static bool IsSupported => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    public static int Blocks => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes512 Broadcast(uint word) => new(Vector512.Create((ulong)word));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes512 Counters(uint first) => new(Vector512.Create((ulong)first) + Vector512.Create(0ul, 4, 1, 5, 2, 6, 3, 7));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes512 Multiply(PhiloxLanes512 x, PhiloxLanes512 y) => new(Avx512F.Multiply(x.value.AsUInt32(), y.value.AsUInt32()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes512 High(PhiloxLanes512 x) => new(x.value >>> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes512 Xor(PhiloxLanes512 x, PhiloxLanes512 y, PhiloxLanes512 z) => new(Avx512F.TernaryLogic(x.value, y.value, z.value, 0x96));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreKept(PhiloxLanes512 word0, PhiloxLanes512 word1, PhiloxLanes512 word2, PhiloxLanes512 word3, uint threshold, byte* destination)
    {
        var lower = Vector512.Create(0xFFFFFFFFul);
        var first = (word0.value & lower) | (word1.value << 32);
        var second = (word2.value & lower) | (word3.value << 32);

        // Unpacking takes the even lanes, then the odd ones: blocks 0 to 7 by the order of the counters.
        var limit = Vector512.Create(threshold);
        var early = Vector512.GreaterThanOrEqual(Avx512F.UnpackLow(first, second).AsUInt32(), limit);
        var late = Vector512.GreaterThanOrEqual(Avx512F.UnpackHigh(first, second).AsUInt32(), limit);
        var words = Vector512.Narrow(early, late);
        Vector256.Store(Vector256.Narrow(words.GetLower(), words.GetUpper()) & Vector256<byte>.One, destination);
    }
}
