namespace Descent.Formats;

/// <summary>Arrays whose elements lie anywhere in a buffer: at offset + Σ index·stride, all counted in elements.</summary>
static class StridedValues
{
    /// <summary>The elements in row-major order, in memory of their own.</summary>
    /// <param name="source">The buffer; every element must lie in it.</param>
    /// <param name="elementBytes">Bytes of an element.</param>
    /// <param name="offset">Where the first element lies.</param>
    /// <param name="sizes">Slowest first; their product times the bytes is at most 2 GiB.</param>
    /// <param name="strides">As many.</param>
    public static byte[] Gather(ReadOnlySpan<byte> source, int elementBytes, int offset, IReadOnlyList<int> sizes, IReadOnlyList<int> strides)
    {
        int count = sizes.Aggregate(1, (product, size) => product * size);
        byte[] gathered = GC.AllocateUninitializedArray<byte>(count * elementBytes);
        int[] index = new int[sizes.Count];
        // May leave the range of int between two elements; such steps take each other back.
        int place = offset;
        for (int i = 0; i < count; i++)
        {
            source.Slice(place * elementBytes, elementBytes).CopyTo(gathered.AsSpan(i * elementBytes));
            // The last axis first; an axis that is over goes back to its start and lets the one before it step.
            for (int axis = sizes.Count - 1; axis >= 0; axis--)
            {
                place += strides[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                place -= strides[axis] * sizes[axis];
                index[axis] = 0;
            }
        }

        return gathered;
    }

    /// <summary>The strides of an array whose first index runs fastest (NumPy's Fortran order).</summary>
    public static int[] ByColumns(IReadOnlyList<int> sizes)
    {
        int[] strides = new int[sizes.Count];
        for (int axis = 0, stride = 1; axis < strides.Length; axis++)
        {
            strides[axis] = stride;
            stride *= sizes[axis];
        }

        return strides;
    }
}
