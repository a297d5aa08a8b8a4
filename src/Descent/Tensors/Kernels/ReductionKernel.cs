using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace Descent.Tensors.Kernels;

/// <summary>Over which steps the reduction kernel sums: runs of neighbours on both sides.</summary>
/// <param name="aStarts">[count] first step of each run on the left side, and so on.</param>
readonly unsafe struct ReductionRuns(int count, int* aStarts, int* bStarts, int* lengths)
{
    public readonly int* AStarts = aStarts, BStarts = bStarts, Lengths = lengths;

    public int Count { get; } = count;
}

/// <summary>Where the reduction kernel reads: in step k of a run, row i reads <c>A[(AStarts[run] + k)·AStep + i]</c> and column j
/// <c>B[(BStarts[run] + k)·BStep + j]</c>.</summary>
unsafe struct ReductionSource<T> where T : unmanaged
{
    public T* A;
    public nint AStep;
    public T* B;
    public nint BStep;
    public ReductionRuns Runs;
}

/// <summary>The inner loop of sums over pixels, such as the gradient by a filter: a block of consecutive rows by two vectors of sums kept in registers.</summary>
/// <remarks>Eight rows where the processor has 32 vector registers, six where it has 16. Named locals as in <see cref="RowKernel{V, T}"/>.</remarks>
static unsafe class ReductionKernel<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostRows = 8, FewerRows = 6, LargestVectorBytes = 64;

    /// <summary>Rows of a tile.</summary>
    public static int Rows => HasManyRegisters ? MostRows : FewerRows;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * V.Count;

    static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.SizeOf<V>() == LargestVectorBytes || AdvSimd.IsSupported;
    }

    /// <summary>c[i·cStep + j] = (or +=) Σ a·b for the first <paramref name="rows"/> rows and <paramref name="width"/> columns of a tile. All rows and columns of the tile are
    /// read.</summary>
    public static void Multiply(in ReductionSource<T> source, T* c, nint cStep, int rows, int width, bool isAdded)
    {
        if (rows == Rows && width == Columns)
        {
            MultiplyWhole(source, c, cStep, isAdded);
            return;
        }

        T* tile = stackalloc T[MostRows * Columns];
        MultiplyWhole(source, tile, Columns, isAdded: false);
        TileSums<V, T>.StorePart(tile, c, cStep, rows, width, isAdded);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MultiplyWhole(in ReductionSource<T> source, T* c, nint cStep, bool isAdded)
    {
        V zero = default;
        V c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
        V c40 = zero, c41 = zero, c50 = zero, c51 = zero, c60 = zero, c61 = zero, c70 = zero, c71 = zero;
        nint aStep = source.AStep, bStep = source.BStep;
        for (int run = 0; run < source.Runs.Count; run++)
        {
            T* a = source.A + (source.Runs.AStarts[run] * aStep), b = source.B + (source.Runs.BStarts[run] * bStep);
            for (int k = source.Runs.Lengths[run]; k > 0; k--)
            {
                V b0 = V.Load(b), b1 = V.Load(b + V.Count);
                V x = V.Broadcast(a[0]);
                c00 = V.FusedMultiplyAdd(x, b0, c00);
                c01 = V.FusedMultiplyAdd(x, b1, c01);
                x = V.Broadcast(a[1]);
                c10 = V.FusedMultiplyAdd(x, b0, c10);
                c11 = V.FusedMultiplyAdd(x, b1, c11);
                x = V.Broadcast(a[2]);
                c20 = V.FusedMultiplyAdd(x, b0, c20);
                c21 = V.FusedMultiplyAdd(x, b1, c21);
                x = V.Broadcast(a[3]);
                c30 = V.FusedMultiplyAdd(x, b0, c30);
                c31 = V.FusedMultiplyAdd(x, b1, c31);
                x = V.Broadcast(a[4]);
                c40 = V.FusedMultiplyAdd(x, b0, c40);
                c41 = V.FusedMultiplyAdd(x, b1, c41);
                x = V.Broadcast(a[5]);
                c50 = V.FusedMultiplyAdd(x, b0, c50);
                c51 = V.FusedMultiplyAdd(x, b1, c51);
                if (HasManyRegisters)
                {
                    x = V.Broadcast(a[6]);
                    c60 = V.FusedMultiplyAdd(x, b0, c60);
                    c61 = V.FusedMultiplyAdd(x, b1, c61);
                    x = V.Broadcast(a[7]);
                    c70 = V.FusedMultiplyAdd(x, b0, c70);
                    c71 = V.FusedMultiplyAdd(x, b1, c71);
                }

                a += aStep;
                b += bStep;
            }
        }

        TileSums<V, T>.Store(c00, c01, c, isAdded);
        TileSums<V, T>.Store(c10, c11, c + cStep, isAdded);
        TileSums<V, T>.Store(c20, c21, c + (2 * cStep), isAdded);
        TileSums<V, T>.Store(c30, c31, c + (3 * cStep), isAdded);
        TileSums<V, T>.Store(c40, c41, c + (4 * cStep), isAdded);
        TileSums<V, T>.Store(c50, c51, c + (5 * cStep), isAdded);
        if (HasManyRegisters)
        {
            TileSums<V, T>.Store(c60, c61, c + (6 * cStep), isAdded);
            TileSums<V, T>.Store(c70, c71, c + (7 * cStep), isAdded);
        }
    }
}
