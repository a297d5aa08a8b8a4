namespace Descent.Tensors.Kernels;

/// <summary>Copies part of a matrix into a panel [depth][columns of a tile] that the row kernel reads from front to back.</summary>
static unsafe class PanelPacking<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static int Tile => RowKernel<V, T>.Columns;

    /// <summary>panel[k, j] = source[k·step + j] for j below <paramref name="width"/>, zero beyond.</summary>
    public static void Pack(T* source, int step, int depth, int width, T* panel)
    {
        if (width == Tile)
        {
            for (int k = 0; k < depth; k++, source += step, panel += Tile)
            {
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

    /// <summary>panel[k, j] = source[j·depth + k] for j below <paramref name="width"/>, zero beyond.</summary>
    public static void PackTransposed(T* source, int depth, int width, T* panel)
    {
        // Blocks of 16 deep: the lines of the source that a block touches stay in the first-level cache until all their elements are read.
        const int Block = 16;
        for (int start = 0; start < depth; start += Block)
        {
            int end = Math.Min(depth, start + Block);
            for (int j = 0; j < Tile; j++)
            {
                T* from = source + ((long)j * depth);
                for (int k = start; k < end; k++)
                {
                    panel[((long)k * Tile) + j] = j < width ? from[k] : T.Zero;
                }
            }
        }
    }
}
