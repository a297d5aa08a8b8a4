using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Where the strip kernel reads: row i of a tile reads <c>A[Offsets[i] + line·ALineStep + k·AStep]</c>, column j reads <c>B[(line·Depth + k)·BStep + j]</c>,
/// for all lines and k = 0 … Depth − 1.</summary>
unsafe struct StripSource<T> where T : unmanaged
{
    public T* A;
    public int* Offsets;
    public nint AStep;
    public nint ALineStep;
    public T* B;
    public nint BStep;
    public int Lines;
    public int Depth;
}

/// <summary>The inner loop of sums over the pixels of images of few channels: six rows, which may lie anywhere, by two vectors of sums kept in registers.</summary>
/// <remarks>As <see cref="RowKernel{V, T}"/>, where all rows go on alike from line to line: lines of sixteen pixels are too short to find six rows anew for each.</remarks>
static unsafe class StripKernel<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * V.Count;

    /// <summary>c[i·cStep + j] = (or +=) Σ a·b for the first <paramref name="rows"/> rows and <paramref name="width"/> columns of a tile. All offsets and columns of the tile
    /// are read.</summary>
    public static void Multiply(in StripSource<T> source, T* c, nint cStep, int rows, int width, bool isAdded)
    {
        if (rows == Rows && width == Columns)
        {
            MultiplyWhole(source, c, cStep, isAdded);
            return;
        }

        T* tile = stackalloc T[Rows * Columns];
        MultiplyWhole(source, tile, Columns, isAdded: false);
        TileSums<V, T>.StorePart(tile, c, cStep, rows, width, isAdded);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MultiplyWhole(in StripSource<T> source, T* c, nint cStep, bool isAdded)
    {
        V zero = default;
        V c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
        V c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
        int* offsets = source.Offsets;
        T* a0 = source.A + offsets[0], a1 = source.A + offsets[1], a2 = source.A + offsets[2];
        T* a3 = source.A + offsets[3], a4 = source.A + offsets[4], a5 = source.A + offsets[5];
        T* b = source.B;
        nint aStep = source.AStep, bStep = source.BStep, line = 0;
        for (int lines = source.Lines; lines > 0; lines--, line += source.ALineStep)
        {
            nint at = line;
            for (int k = source.Depth; k > 0; k--)
            {
                V b0 = V.Load(b), b1 = V.Load(b + V.Count);
                V x = V.Broadcast(a0[at]);
                c00 = V.FusedMultiplyAdd(x, b0, c00);
                c01 = V.FusedMultiplyAdd(x, b1, c01);
                x = V.Broadcast(a1[at]);
                c10 = V.FusedMultiplyAdd(x, b0, c10);
                c11 = V.FusedMultiplyAdd(x, b1, c11);
                x = V.Broadcast(a2[at]);
                c20 = V.FusedMultiplyAdd(x, b0, c20);
                c21 = V.FusedMultiplyAdd(x, b1, c21);
                x = V.Broadcast(a3[at]);
                c30 = V.FusedMultiplyAdd(x, b0, c30);
                c31 = V.FusedMultiplyAdd(x, b1, c31);
                x = V.Broadcast(a4[at]);
                c40 = V.FusedMultiplyAdd(x, b0, c40);
                c41 = V.FusedMultiplyAdd(x, b1, c41);
                x = V.Broadcast(a5[at]);
                c50 = V.FusedMultiplyAdd(x, b0, c50);
                c51 = V.FusedMultiplyAdd(x, b1, c51);
                at += aStep;
                b += bStep;
            }
        }

        TileSums<V, T>.Store(c00, c01, c, isAdded);
        TileSums<V, T>.Store(c10, c11, c + cStep, isAdded);
        TileSums<V, T>.Store(c20, c21, c + (2 * cStep), isAdded);
        TileSums<V, T>.Store(c30, c31, c + (3 * cStep), isAdded);
        TileSums<V, T>.Store(c40, c41, c + (4 * cStep), isAdded);
        TileSums<V, T>.Store(c50, c51, c + (5 * cStep), isAdded);
    }
}
