using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;

namespace Descent.Tensors.Kernels;

/// <summary>The product of a batch of tiles by a panel of filters, for one of the 36 planes.</summary>
/// <remarks>Rows lie one behind another and are as many as a multiple of a tile's: the sums of twelve rows by two vectors stay in registers where the processor has 32 of
/// them, of six rows where it has 16.</remarks>
static unsafe class PlaneKernel<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int MostRows = 12, FewerRows = 6, LargestVectorBytes = 64;

    /// <summary>Rows of a tile.</summary>
    public static int Rows => HasManyRegisters ? MostRows : FewerRows;

    /// <summary>Columns of a tile.</summary>
    public static int Columns => 2 * V.Count;

    static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.SizeOf<V>() == LargestVectorBytes || AdvSimd.IsSupported;
    }

    /// <summary>c[i·cStep + j] = Σ a[i·aStep + k]·b[k·columns + j], for the <paramref name="depth"/> of k, for <paramref name="rows"/> rows, a multiple of a tile's, and the
    /// columns of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(T* a, nint aStep, T* b, int depth, T* c, nint cStep, int rows)
    {
        for (; rows > 0; rows -= Rows)
        {
            V zero = default;
            V c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
            V c60 = zero, c61 = zero, c70 = zero, c71 = zero, c80 = zero, c81 = zero, c90 = zero, c91 = zero, ca0 = zero, ca1 = zero, cb0 = zero, cb1 = zero;
            T* p = a, q = a + (3 * aStep), r = a + (6 * aStep), s = a + (9 * aStep), column = b;
            nint twice = 2 * aStep;
            for (int k = depth; k > 0; k--)
            {
                V b0 = V.Load(column), b1 = V.Load(column + V.Count);
                V x = V.Broadcast(p[0]);
                c00 = V.FusedMultiplyAdd(x, b0, c00);
                c01 = V.FusedMultiplyAdd(x, b1, c01);
                x = V.Broadcast(p[aStep]);
                c10 = V.FusedMultiplyAdd(x, b0, c10);
                c11 = V.FusedMultiplyAdd(x, b1, c11);
                x = V.Broadcast(p[twice]);
                c20 = V.FusedMultiplyAdd(x, b0, c20);
                c21 = V.FusedMultiplyAdd(x, b1, c21);
                x = V.Broadcast(q[0]);
                c30 = V.FusedMultiplyAdd(x, b0, c30);
                c31 = V.FusedMultiplyAdd(x, b1, c31);
                x = V.Broadcast(q[aStep]);
                c40 = V.FusedMultiplyAdd(x, b0, c40);
                c41 = V.FusedMultiplyAdd(x, b1, c41);
                x = V.Broadcast(q[twice]);
                c50 = V.FusedMultiplyAdd(x, b0, c50);
                c51 = V.FusedMultiplyAdd(x, b1, c51);
                if (HasManyRegisters)
                {
                    x = V.Broadcast(r[0]);
                    c60 = V.FusedMultiplyAdd(x, b0, c60);
                    c61 = V.FusedMultiplyAdd(x, b1, c61);
                    x = V.Broadcast(r[aStep]);
                    c70 = V.FusedMultiplyAdd(x, b0, c70);
                    c71 = V.FusedMultiplyAdd(x, b1, c71);
                    x = V.Broadcast(r[twice]);
                    c80 = V.FusedMultiplyAdd(x, b0, c80);
                    c81 = V.FusedMultiplyAdd(x, b1, c81);
                    x = V.Broadcast(s[0]);
                    c90 = V.FusedMultiplyAdd(x, b0, c90);
                    c91 = V.FusedMultiplyAdd(x, b1, c91);
                    x = V.Broadcast(s[aStep]);
                    ca0 = V.FusedMultiplyAdd(x, b0, ca0);
                    ca1 = V.FusedMultiplyAdd(x, b1, ca1);
                    x = V.Broadcast(s[twice]);
                    cb0 = V.FusedMultiplyAdd(x, b0, cb0);
                    cb1 = V.FusedMultiplyAdd(x, b1, cb1);
                    r++;
                    s++;
                }

                p++;
                q++;
                column += 2 * V.Count;
            }

            c = Store(c00, c01, c, cStep);
            c = Store(c10, c11, c, cStep);
            c = Store(c20, c21, c, cStep);
            c = Store(c30, c31, c, cStep);
            c = Store(c40, c41, c, cStep);
            c = Store(c50, c51, c, cStep);
            if (HasManyRegisters)
            {
                c = Store(c60, c61, c, cStep);
                c = Store(c70, c71, c, cStep);
                c = Store(c80, c81, c, cStep);
                c = Store(c90, c91, c, cStep);
                c = Store(ca0, ca1, c, cStep);
                c = Store(cb0, cb1, c, cStep);
            }

            a += Rows * aStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T* Store(V left, V right, T* c, nint cStep)
    {
        V.Store(left, c);
        V.Store(right, c + V.Count);
        return c + cStep;
    }
}
