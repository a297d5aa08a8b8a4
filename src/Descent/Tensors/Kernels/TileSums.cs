using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Where the sums of a kernel's tile go: a row is two vectors.</summary>
static unsafe class TileSums<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>c = (or +=) a row of the tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(V left, V right, T* c, bool isAdded)
    {
        if (isAdded)
        {
            left += V.Load(c);
            right += V.Load(c + V.Count);
        }

        V.Store(left, c);
        V.Store(right, c + V.Count);
    }

    /// <summary>c[i·cStep + j] = (or +=) the first <paramref name="rows"/> rows and <paramref name="width"/> columns of a tile in memory.</summary>
    public static void StorePart(T* tile, T* c, nint cStep, int rows, int width, bool isAdded)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < width; j++)
            {
                T sum = tile[(i * 2 * V.Count) + j];
                c[(i * cStep) + j] = isAdded ? c[(i * cStep) + j] + sum : sum;
            }
        }
    }
}
