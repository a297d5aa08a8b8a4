namespace Descent.Tensors.Kernels;

/// <summary>A tensor seen as rows of channels, [N·H·W, C], cut into chunks of rows by the shape alone.</summary>
readonly struct ChannelRows
{
    const int ElementsPerChunk = 1 << 14;

    // Sums within a chunk are taken in the tensor's own type: so few terms keep a float's rounding near that of the terms.
    const int MostRows = 256;

    readonly int rowsPerChunk;

    public ChannelRows(Shape shape)
    {
        Channels = shape[shape.Rank - 1];
        Count = shape.Count / Channels;
        rowsPerChunk = Math.Clamp(ElementsPerChunk / Channels, 1, Math.Min(MostRows, Count));
        Chunks = (Count + rowsPerChunk - 1) / rowsPerChunk;
    }

    /// <summary>Rows: the values of each channel.</summary>
    public int Count { get; }

    public int Channels { get; }

    public int Chunks { get; }

    /// <summary>The first row of a chunk and the number of its rows.</summary>
    public (int First, int Count) this[int chunk] => (chunk * rowsPerChunk, Math.Min(rowsPerChunk, Count - (chunk * rowsPerChunk)));
}
