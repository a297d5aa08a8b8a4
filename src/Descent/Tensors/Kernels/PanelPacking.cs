using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Descent.Tensors.Kernels;

/// <summary>Copies part of a matrix into a panel [depth][columns of a tile] that the row kernel reads from front to back.</summary>
static unsafe class PanelPacking<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One cache line of floats: each line of the source is read once.</summary>
    const int DepthBlock = 16;

    /// <summary>Blocks of depth, and rows, that are asked for in advance: as many streams as a tile has columns, each of another page, are too many for the processor to
    /// foresee.</summary>
    const int BlocksAhead = 4, RowsAhead = 8;

    static int Tile => RowKernel<V, T>.Columns;

    /// <summary>panel[k, j] = source[k·step + j] for j below <paramref name="width"/>, zero beyond.</summary>
    public static void Pack(T* source, int step, int depth, int width, T* panel)
    {
        if (width == Tile)
        {
            for (int k = 0; k < depth; k++, source += step, panel += Tile)
            {
                Prefetch.Run(source + (Math.Min(RowsAhead, depth - 1 - k) * (nint)step), Tile);
                V.Store(V.Load(source), panel);
                V.Store(V.Load(source + V.Count), panel + V.Count);
            }

            return;
        }

        for (int k = 0; k < depth; k++, source += step, panel += Tile)
        {
            var row = new Span<T>(panel, Tile);
            new ReadOnlySpan<T>(source, width).CopyTo(row);
            row[width..].Clear();
        }
    }

    /// <summary>panel[k, j] = source[j·step + k] for j below <paramref name="width"/>, zero beyond.</summary>
    public static void PackTransposed(T* source, int step, int depth, int width, T* panel)
    {
        if (width < Tile)
        {
            new Span<T>(panel, checked(depth * Tile)).Clear();
        }

        bool isBlocked = Avx.IsSupported && typeof(T) == typeof(float);
        int blockedWidth = isBlocked ? width / 8 * 8 : 0, blockedDepth = isBlocked ? depth / 8 * 8 : 0;
        for (int start = 0; start < depth; start += DepthBlock)
        {
            int end = Math.Min(depth, start + DepthBlock), blockedEnd = Math.Min(end, blockedDepth), ahead = Math.Min(start + (BlocksAhead * DepthBlock), depth - 1);
            for (int j = 0; j < width; j++)
            {
                Prefetch.Run(source + ((long)j * step) + ahead, 1);
            }

            for (int j = 0; j < blockedWidth; j += 8)
            {
                for (int k = start; k < blockedEnd; k += 8)
                {
                    Transpose8((float*)(source + ((long)j * step) + k), step, (float*)(panel + ((long)k * Tile) + j), Tile);
                }
            }

            Transpose(source, step, 0, blockedWidth, Math.Max(start, blockedEnd), end, panel);
            Transpose(source, step, blockedWidth, width, start, end, panel);
        }
    }

    static void Transpose(T* source, int step, int firstColumn, int endColumn, int start, int end, T* panel)
    {
        for (int j = firstColumn; j < endColumn; j++)
        {
            T* from = source + ((long)j * step);
            for (int k = start; k < end; k++)
            {
                panel[((long)k * Tile) + j] = from[k];
            }
        }
    }

    /// <summary>Transposes eight by eight floats in registers. The only code for one family of processors: others take the scalar loop, which costs a few
    /// percent of a product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Transpose8(float* source, long sourceStep, float* target, long targetStep)
    {
        var r0 = Vector256.Load(source);
        var r1 = Vector256.Load(source + sourceStep);
        var r2 = Vector256.Load(source + (2 * sourceStep));
        var r3 = Vector256.Load(source + (3 * sourceStep));
        var r4 = Vector256.Load(source + (4 * sourceStep));
        var r5 = Vector256.Load(source + (5 * sourceStep));
        var r6 = Vector256.Load(source + (6 * sourceStep));
        var r7 = Vector256.Load(source + (7 * sourceStep));
        var (a0, a1, a2, a3) = TransposeHalves(r0, r1, r2, r3);
        var (b0, b1, b2, b3) = TransposeHalves(r4, r5, r6, r7);
        Avx.Permute2x128(a0, b0, 0x20).Store(target);
        Avx.Permute2x128(a1, b1, 0x20).Store(target + targetStep);
        Avx.Permute2x128(a2, b2, 0x20).Store(target + (2 * targetStep));
        Avx.Permute2x128(a3, b3, 0x20).Store(target + (3 * targetStep));
        Avx.Permute2x128(a0, b0, 0x31).Store(target + (4 * targetStep));
        Avx.Permute2x128(a1, b1, 0x31).Store(target + (5 * targetStep));
        Avx.Permute2x128(a2, b2, 0x31).Store(target + (6 * targetStep));
        Avx.Permute2x128(a3, b3, 0x31).Store(target + (7 * targetStep));
    }

    /// <summary>Transposes four by four in each half of the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static (Vector256<float>, Vector256<float>, Vector256<float>, Vector256<float>) TransposeHalves(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3)
    {
        var low01 = Avx.UnpackLow(r0, r1);
        var high01 = Avx.UnpackHigh(r0, r1);
        var low23 = Avx.UnpackLow(r2, r3);
        var high23 = Avx.UnpackHigh(r2, r3);
        return (Avx.Shuffle(low01, low23, 0x44), Avx.Shuffle(low01, low23, 0xEE),
            Avx.Shuffle(high01, high23, 0x44), Avx.Shuffle(high01, high23, 0xEE));
    }
}
