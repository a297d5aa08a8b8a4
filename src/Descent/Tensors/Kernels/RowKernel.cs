using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>What happens to a tile of sums when it is stored.</summary>
[Flags]
enum Epilogue
{
    None = 0,

    /// <summary>Adds to what is stored.</summary>
    Accumulate = 1,

    /// <summary>Adds a number to each column.</summary>
    Bias = 2,

    /// <summary>Stores max(x, 0), after the bias.</summary>
    Relu = 4,
}

/// <summary>Where the row kernel reads: a sum over segments, each of which is a run of <see cref="Depth"/> products.</summary>
/// <remarks>Row i of segment s reads <c>A[RowOffsets[6·s + i] + k·AStep]</c>, column j reads <c>B[PanelOffsets[s] + k·BStep + j]</c>, k = 0 … Depth − 1. A negative row
/// offset reads <see cref="Zeros"/> instead, with the same steps. A matrix product is one segment; a convolution has one for each tap; the gradient
/// by a filter has one for each row of the image.</remarks>
unsafe struct RowSource<T> where T : unmanaged
{
    public T* A;
    public int* RowOffsets;
    public nint AStep;
    public T* B;
    public int* PanelOffsets;
    public nint BStep;
    public int Segments;
    public int Depth;

    /// <summary>At least (Depth − 1)·AStep + 1 zeros; null where no offset is negative.</summary>
    public T* Zeros;
}

/// <summary>The inner loop of every product: six rows by two vectors of sums kept in registers.</summary>
/// <remarks>Rows may lie anywhere, which serves a matrix, its transpose, and the pixels of a convolution. Twelve named locals stay in registers; an array of
/// vectors would lie in memory, and a span would check its bounds at every step.</remarks>
static unsafe class RowKernel<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * V.Count;

    /// <summary>c[i][j] (+)= Σ over segments and k of a·b, for the first <paramref name="rows"/> of six rows and the first <paramref name="width"/> columns of a
    /// tile.</summary>
    /// <param name="c">Where each row is stored; entries beyond <paramref name="rows"/> are not read. (Their row offsets are: repeat a valid one.)</param>
    public static void Multiply(in RowSource<T> source, T** c, int rows, int width, T* bias, Epilogue epilogue)
    {
        if (width == Columns)
        {
            MultiplyWhole(source, c, rows, bias, epilogue);
        }
        else
        {
            MultiplyNarrow(source, c, rows, width, bias, epilogue);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void MultiplyWhole(in RowSource<T> source, T** c, int rows, T* bias, Epilogue epilogue)
    {
        V zero = default;
        V c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
        V c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
        T* a = source.A, zeros = source.Zeros;
        int* offsets = source.RowOffsets;
        nint aStep = source.AStep, bStep = source.BStep;
        int depth = source.Depth;
        for (int segment = 0; segment < source.Segments; segment++, offsets += Rows)
        {
            T* a0 = offsets[0] < 0 ? zeros : a + offsets[0], a1 = offsets[1] < 0 ? zeros : a + offsets[1];
            T* a2 = offsets[2] < 0 ? zeros : a + offsets[2], a3 = offsets[3] < 0 ? zeros : a + offsets[3];
            T* a4 = offsets[4] < 0 ? zeros : a + offsets[4], a5 = offsets[5] < 0 ? zeros : a + offsets[5];
            T* b = source.B + source.PanelOffsets[segment];
            nint offset = 0;
            for (int k = 0; k < depth; k++)
            {
                V b0 = V.Load(b), b1 = V.Load(b + V.Count);
                V x = V.Broadcast(a0[offset]);
                c00 = V.FusedMultiplyAdd(x, b0, c00);
                c01 = V.FusedMultiplyAdd(x, b1, c01);
                x = V.Broadcast(a1[offset]);
                c10 = V.FusedMultiplyAdd(x, b0, c10);
                c11 = V.FusedMultiplyAdd(x, b1, c11);
                x = V.Broadcast(a2[offset]);
                c20 = V.FusedMultiplyAdd(x, b0, c20);
                c21 = V.FusedMultiplyAdd(x, b1, c21);
                x = V.Broadcast(a3[offset]);
                c30 = V.FusedMultiplyAdd(x, b0, c30);
                c31 = V.FusedMultiplyAdd(x, b1, c31);
                x = V.Broadcast(a4[offset]);
                c40 = V.FusedMultiplyAdd(x, b0, c40);
                c41 = V.FusedMultiplyAdd(x, b1, c41);
                x = V.Broadcast(a5[offset]);
                c50 = V.FusedMultiplyAdd(x, b0, c50);
                c51 = V.FusedMultiplyAdd(x, b1, c51);
                offset += aStep;
                b += bStep;
            }
        }

        Store(c00, c01, c[0], bias, epilogue);
        if (rows > 1)
        {
            Store(c10, c11, c[1], bias, epilogue);
        }

        if (rows > 2)
        {
            Store(c20, c21, c[2], bias, epilogue);
        }

        if (rows > 3)
        {
            Store(c30, c31, c[3], bias, epilogue);
        }

        if (rows > 4)
        {
            Store(c40, c41, c[4], bias, epilogue);
        }

        if (rows > 5)
        {
            Store(c50, c51, c[5], bias, epilogue);
        }
    }

    static void MultiplyNarrow(in RowSource<T> source, T** c, int rows, int width, T* bias, Epilogue epilogue)
    {
        T* tile = stackalloc T[Rows * Columns];
        T** tileRows = stackalloc T*[Rows];
        for (int i = 0; i < rows; i++)
        {
            tileRows[i] = tile + (i * Columns);
            if ((epilogue & Epilogue.Accumulate) != 0)
            {
                new ReadOnlySpan<T>(c[i], width).CopyTo(new Span<T>(tileRows[i], width));
            }
        }

        MultiplyWhole(source, tileRows, rows, bias, epilogue);
        for (int i = 0; i < rows; i++)
        {
            new ReadOnlySpan<T>(tileRows[i], width).CopyTo(new Span<T>(c[i], width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(V left, V right, T* c, T* bias, Epilogue epilogue)
    {
        if (epilogue != Epilogue.None)
        {
            if ((epilogue & Epilogue.Accumulate) != 0)
            {
                left += V.Load(c);
                right += V.Load(c + V.Count);
            }

            if ((epilogue & Epilogue.Bias) != 0)
            {
                left += V.Load(bias);
                right += V.Load(bias + V.Count);
            }

            if ((epilogue & Epilogue.Relu) != 0)
            {
                left = V.Relu(left);
                right = V.Relu(right);
            }
        }

        V.Store(left, c);
        V.Store(right, c + V.Count);
    }
}
