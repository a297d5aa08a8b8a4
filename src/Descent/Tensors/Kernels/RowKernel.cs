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

/// <summary>The inner loop of every product: six rows by two vectors of sums kept in registers.</summary>
/// <remarks>Row i reads a[i] + k·aStep for k = 0, 1, …: rows may lie anywhere, which serves a matrix (aStep 1), its transpose (aStep = row
/// length, rows one element apart) and, later, the pixels of a convolution. Twelve named locals stay in registers; an array of vectors, or a
/// span with its bounds checks, costs a quarter of the speed.</remarks>
static unsafe class RowKernel<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public const int Rows = 6;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * V.Count;

    /// <summary>c[i, j] (+)= Σₖ a[i][k·aStep]·b[k·bStep + j] for the first <paramref name="rows"/> of six rows and all columns.</summary>
    /// <param name="a">Six row pointers; those beyond <paramref name="rows"/> must be readable too (repeat one).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(T** a, nint aStep, T* b, nint bStep, int depth, T* c, nint cStep, int rows, T* bias, Epilogue epilogue)
    {
        T* a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], a4 = a[4], a5 = a[5];
        V zero = default;
        V c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
        V c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
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

        Store(c00, c01, c, bias, epilogue);
        if (rows > 1)
        {
            Store(c10, c11, c + cStep, bias, epilogue);
        }

        if (rows > 2)
        {
            Store(c20, c21, c + (2 * cStep), bias, epilogue);
        }

        if (rows > 3)
        {
            Store(c30, c31, c + (3 * cStep), bias, epilogue);
        }

        if (rows > 4)
        {
            Store(c40, c41, c + (4 * cStep), bias, epilogue);
        }

        if (rows > 5)
        {
            Store(c50, c51, c + (5 * cStep), bias, epilogue);
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
