namespace Descent.Tensors.Kernels;

/// <summary>Cuts the output pixels of images into bands of rows, and says where pixels lie in a packed band and which of them meet at a tap.</summary>
/// <remarks>Small images are taken in groups. A packed band is ordered by row, column, image, for filters of one
/// tap by image, row, column. Columns of the input lie in it by their remainder after division by
/// the stride, so that those which meet neighbouring outputs are neighbours; rows and columns that no tap reads are left out. Outputs whose input
/// lies in the padding are in no run: padding costs nothing.</remarks>
sealed unsafe class PixelBands
{
    readonly ConvolutionGeometry geometry;
    readonly int[] columnPlaces;
    readonly int sourceWidth;

    // With a single tap every output has its input: no order makes longer runs, and this one packs fastest.
    readonly bool isByImage;
    readonly int[][] sourceRows;
    readonly ReductionRuns[] runs;

    /// <param name="pixels">About so many output pixels make a band.</param>
    public PixelBands(Arena arena, ConvolutionGeometry geometry, int images, int pixels)
    {
        this.geometry = geometry;
        isByImage = geometry.Taps == 1 && geometry.Padding == 0;
        Images = Math.Clamp(pixels / geometry.OutputPixels, 1, images);
        Count = Math.Min(geometry.OutputHeight, (geometry.OutputPixels + pixels - 1) / pixels);
        Rows = (geometry.OutputHeight + Count - 1) / Count;
        Count = (geometry.OutputHeight + Rows - 1) / Rows;
        (SourceColumns, columnPlaces) = OrderColumns();
        sourceWidth = SourceColumns.Sum(range => range.Count);

        sourceRows = [.. Enumerable.Range(0, Count).Select(band => Enumerable.Range(0, geometry.Height).Where(row => IsRowRead(band, row)).ToArray())];
        SourcePixels = Math.Max(1, sourceRows.Max(rows => rows.Length) * sourceWidth * Images);
        runs = [.. Enumerable.Range(0, Count * geometry.Taps).Select(number => BuildRuns(arena, number / geometry.Taps, number % geometry.Taps))];
    }

    /// <summary>Images of a group.</summary>
    public int Images { get; }

    /// <summary>Packed pixels from a pixel to its neighbour.</summary>
    public int PixelStep => isByImage ? 1 : Images;

    /// <summary>Packed pixels from an image's pixel to the same of the next image, on the images' side.</summary>
    public int SourceImageStep => isByImage ? SourcePixels / Images : 1;

    /// <summary>The same on the gradient's side.</summary>
    public int GradientImageStep => isByImage ? GradientPixels / Images : 1;

    /// <summary>Output rows of a band; the last band may have fewer.</summary>
    public int Rows { get; }

    /// <summary>Bands of a group.</summary>
    public int Count { get; }

    /// <summary>The columns of the input that lie in a packed band, in their order: ranges of columns that are <see cref="ColumnStep"/> apart.</summary>
    public (int First, int Count)[] SourceColumns { get; }

    public int ColumnStep => geometry.Stride;

    /// <summary>Pixels of the largest packed band of the gradient.</summary>
    public int GradientPixels => Rows * geometry.OutputWidth * Images;

    /// <summary>Pixels of the largest packed band of the images.</summary>
    public int SourcePixels { get; }

    /// <summary>The rows of the input that lie in a packed band, in their order.</summary>
    public int[] SourceRows(int band) => sourceRows[band];

    public ReductionRuns Runs(int band, int tap) => runs[(band * geometry.Taps) + tap];

    /// <summary>Output rows of a band: from the first to before the end.</summary>
    public (int First, int End) OutputRows(int band) => (band * Rows, Math.Min(geometry.OutputHeight, (band + 1) * Rows));

    ((int First, int Count)[] Ranges, int[] Places) OrderColumns()
    {
        int[] read = [.. Enumerable.Range(0, geometry.Width).Where(IsColumnRead)];
        int[] places = new int[geometry.Width];
        var ranges = new List<(int First, int Count)>();
        int next = 0;
        foreach (var columns in read.GroupBy(column => column % geometry.Stride))
        {
            // Without a gap: taps of one remainder are a stride apart, so their ranges of columns overlap or touch.
            ranges.Add((columns.First(), columns.Count()));
            foreach (int column in columns)
            {
                places[column] = next++;
            }
        }

        return ([.. ranges], places);
    }

    bool IsColumnRead(int column) => Enumerable.Range(0, geometry.KernelWidth).Any(tap =>
        (column + geometry.Padding - tap) % geometry.Stride == 0 && Meets(column + geometry.Padding - tap, 0, geometry.OutputWidth));

    bool IsRowRead(int band, int row)
    {
        var (first, end) = OutputRows(band);
        return Enumerable.Range(0, geometry.KernelHeight).Any(tap =>
            (row + geometry.Padding - tap) % geometry.Stride == 0 && Meets(row + geometry.Padding - tap, first, end));
    }

    bool Meets(int position, int first, int end) => position >= first * geometry.Stride && position < end * geometry.Stride;

    ReductionRuns BuildRuns(Arena arena, int band, int tap)
    {
        var (kernelRow, kernelColumn) = Math.DivRem(tap, geometry.KernelWidth);
        var (first, end) = OutputRows(band);
        var (firstColumn, endColumn) = Range(geometry.Width, geometry.OutputWidth, kernelColumn);
        List<(int Gradient, int Source, int Length)> list = isByImage ? [(0, 0, (end - first) * geometry.OutputWidth * Images)] : [];
        for (int row = first; row < end && firstColumn < endColumn && !isByImage; row++)
        {
            int sourceRow = Array.IndexOf(sourceRows[band], (row * geometry.Stride) + kernelRow - geometry.Padding);
            if (sourceRow < 0)
            {
                continue;
            }

            int column = columnPlaces[(firstColumn * geometry.Stride) + kernelColumn - geometry.Padding];
            int gradient = (((row - first) * geometry.OutputWidth) + firstColumn) * Images;
            int source = ((sourceRow * sourceWidth) + column) * Images, length = (endColumn - firstColumn) * Images;
            if (list.Count > 0 && list[^1].Gradient + list[^1].Length == gradient && list[^1].Source + list[^1].Length == source)
            {
                list[^1] = (list[^1].Gradient, list[^1].Source, list[^1].Length + length);
            }
            else
            {
                list.Add((gradient, source, length));
            }
        }

        int* table = arena.AllocateRaw<int>(3 * Math.Max(1, list.Count));
        for (int i = 0; i < list.Count; i++)
        {
            (table[i], table[list.Count + i], table[(2 * list.Count) + i]) = list[i];
        }

        return new ReductionRuns(list.Count, table, table + list.Count, table + (2 * list.Count));
    }

    /// <summary>The outputs along an axis whose input through a tap lies inside the image: from the first to before the end.</summary>
    (int First, int End) Range(int size, int outputs, int tap)
    {
        int first = Math.Max(0, (geometry.Padding - tap + geometry.Stride - 1) / geometry.Stride);
        int last = size - 1 + geometry.Padding - tap;
        return (first, last < 0 ? first : Math.Min(outputs, (last / geometry.Stride) + 1));
    }
}
