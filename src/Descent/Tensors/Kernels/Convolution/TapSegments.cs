namespace Descent.Tensors.Kernels;

/// <summary>Over which pixels the gradient by one tap of the filters sums: those outputs whose input through the tap lies inside the image.</summary>
/// <remarks>On wide images a segment is a row of one image. On narrow ones it is one pixel over all images, which is a longer run.</remarks>
sealed unsafe class TapSegments
{
    const int Rows = 6;
    const int NarrowWidth = 4;

    bool isByPixel;
    int segments, columns;
    nint aStep, bStep;
    int* inputs;

    /// <summary>[segments·6] offset of a pixel's first of six filters in dy.</summary>
    public int* WholeTile { get; private set; }

    /// <summary>The same for the last tile of filters, where fewer are left: missing ones repeat the last.</summary>
    public int* LastTile { get; private set; }

    public static TapSegments Build(Arena arena, ConvolutionGeometry geometry, int tap, int images)
    {
        var (kernelRow, kernelColumn) = Math.DivRem(tap, geometry.KernelWidth);
        var (firstRow, endRow) = Range(geometry, geometry.Height, geometry.OutputHeight, kernelRow);
        var (firstColumn, endColumn) = Range(geometry, geometry.Width, geometry.OutputWidth, kernelColumn);
        int height = Math.Max(0, endRow - firstRow), width = Math.Max(0, endColumn - firstColumn);
        bool isByPixel = geometry.OutputWidth <= NarrowWidth;
        int pixels = isByPixel ? height * width : images * height;
        var result = new TapSegments
        {
            isByPixel = isByPixel,
            segments = isByPixel ? pixels : height,
            columns = width,
            aStep = isByPixel ? geometry.OutputPixels * geometry.Filters : geometry.Filters,
            bStep = isByPixel ? geometry.Pixels * geometry.Channels : geometry.Stride * geometry.Channels,
            WholeTile = arena.AllocateRaw<int>(Math.Max(1, pixels * Rows)),
            LastTile = arena.AllocateRaw<int>(Math.Max(1, pixels * Rows)),
            inputs = arena.AllocateRaw<int>(Math.Max(1, pixels)),
        };
        for (int segment = 0; segment < pixels; segment++)
        {
            int image = isByPixel ? 0 : segment / height;
            int row = firstRow + (isByPixel ? segment / width : segment % height), column = firstColumn + (isByPixel ? segment % width : 0);
            result.Set(geometry, segment, image, row, column, tap);
        }

        return result;
    }

    /// <summary>What the kernel reads for the first <paramref name="images"/> images; the caller sets where dy lies.</summary>
    public RowSource<T> Source<T>(int images, T* x) where T : unmanaged => new()
    {
        AStep = aStep,
        B = x,
        PanelOffsets = inputs,
        BStep = bStep,
        Segments = isByPixel ? segments : segments * images,
        Depth = isByPixel ? images : columns,
    };

    void Set(ConvolutionGeometry geometry, int segment, int image, int row, int column, int tap)
    {
        int output = (row * geometry.OutputWidth) + column, left = geometry.Filters % Rows;
        for (int i = 0; i < Rows; i++)
        {
            int start = ((image * geometry.OutputPixels) + output) * geometry.Filters;
            WholeTile[(segment * Rows) + i] = start + i;
            LastTile[(segment * Rows) + i] = start + Math.Min(i, Math.Max(0, left - 1));
        }

        inputs[segment] = ((image * geometry.Pixels) + geometry.Source(output, tap)) * geometry.Channels;
    }

    /// <summary>The outputs along an axis whose input through a tap lies inside the image: from the first to before the end.</summary>
    static (int First, int End) Range(ConvolutionGeometry geometry, int size, int outputs, int tap)
    {
        int first = Math.Max(0, (geometry.Padding - tap + geometry.Stride - 1) / geometry.Stride);
        int last = size - 1 + geometry.Padding - tap;
        return (first, last < 0 ? first : Math.Min(outputs, (last / geometry.Stride) + 1));
    }
}
