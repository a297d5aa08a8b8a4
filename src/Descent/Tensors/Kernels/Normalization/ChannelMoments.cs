namespace Descent.Tensors.Kernels;

/// <summary>Mean and Σ (x − mean)² of each channel of x over all other axes.</summary>
/// <remarks>Each chunk of rows sums distances from a number near its mean, so that nothing cancels where the mean is much larger than the deviation. The chunks'
/// results are merged in double, in the order of the chunks, by the formula of Chan, Golub and LeVeque, "Updating formulae and a pairwise algorithm for
/// computing sample variances", 1979.</remarks>
sealed unsafe class ChannelMoments<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int ChannelsPerMerge = 16;

    readonly Tensor<T> x;
    readonly ChannelRows rows;
    readonly double* total;
    double* partial;

    public ChannelMoments(Arena arena, Tensor<T> x)
    {
        this.x = x;
        rows = new ChannelRows(x.Shape);
        total = arena.AllocateRaw<double>(2L * rows.Channels);
    }

    /// <summary>Values of each channel.</summary>
    public int Count => rows.Count;

    public double Mean(int channel) => total[channel];

    /// <summary>Σ (x − mean)².</summary>
    public double SquaredDeviations(int channel) => total[rows.Channels + channel];

    public void Record(IRecorder recorder)
    {
        using var scratch = recorder.Arena.OpenScratch();
        partial = scratch.Take<double>(2L * rows.Chunks * rows.Channels);
        recorder.Run(new Work(rows.Chunks, RunChunk));
        recorder.Run(new Work((rows.Channels + ChannelsPerMerge - 1) / ChannelsPerMerge, Merge));
    }

    void RunChunk(int chunk)
    {
        var (first, count) = rows[chunk];
        var pass = new ShiftedSums<T>(x.Data + ((long)first * rows.Channels), count, rows.Channels, partial + (2L * chunk * rows.Channels));
        VectorWidth.Run<T, ShiftedSums<T>>(ref pass);
    }

    void Merge(int part)
    {
        int channels = rows.Channels, first = part * ChannelsPerMerge, end = Math.Min(channels, first + ChannelsPerMerge);
        new Span<double>(total + first, end - first).Clear();
        new Span<double>(total + channels + first, end - first).Clear();
        double before = 0;
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
        {
            double* mean = partial + (2L * chunk * channels), squares = mean + channels;
            double count = rows[chunk].Count, share = count / (before + count), weight = before * share;
            for (int c = first; c < end; c++)
            {
                double distance = mean[c] - total[c];
                total[c] += distance * share;
                total[channels + c] += squares[c] + (distance * distance * weight);
            }

            before += count;
        }
    }
}
