namespace Descent.Tensors.Kernels;

/// <summary>The gradients of batch normalization in training, in two passes: with g the gradient by the normalization's output and x̂ = (x − μ)/√(σ² + ε),
/// first db = Σ g and dw = Σ g·x̂, then dx = w/√(σ² + ε)·(g − db/n − x̂·dw/n).</summary>
sealed unsafe class BatchNormalizationGradient<T, TForm> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TForm : struct, INormalizationForm<T>
{
    const int ChannelsPerMerge = 16;

    readonly BatchNormalization<T, TForm> forward;
    readonly Normalization<T, TForm> normalization;
    readonly ChannelRows rows;
    readonly Tensor<T> dy, dw, db;
    readonly Tensor<T>? masked;
    readonly T* slope;
    readonly T* curve;
    readonly T* offset;
    double* partial;

    /// <param name="masked">Where the form has an addend: takes g, the addend's gradient.</param>
    public BatchNormalizationGradient(Arena arena, BatchNormalization<T, TForm> forward, Tensor<T> dy, Tensor<T> dw, Tensor<T> db, Tensor<T>? masked)
    {
        (this.forward, this.dy, this.dw, this.db, this.masked) = (forward, dy, dw, db, masked);
        normalization = forward.Normalization;
        rows = normalization.Rows;
        slope = arena.AllocateRaw<T>(rows.Channels);
        curve = arena.AllocateRaw<T>(rows.Channels);
        offset = arena.AllocateRaw<T>(rows.Channels);
    }

    /// <summary>dw and db, and g where it is asked for.</summary>
    public void RecordSums(IRecorder recorder)
    {
        using var scratch = recorder.Arena.OpenScratch();
        partial = scratch.Take<double>(2L * rows.Chunks * rows.Channels);
        recorder.Run(new Work(rows.Chunks, SumChunk));
        recorder.Run(new Work((rows.Channels + ChannelsPerMerge - 1) / ChannelsPerMerge, Merge));
    }

    /// <summary>dx; after the sums.</summary>
    public Work Input(Tensor<T> dx) => new(rows.Chunks, chunk =>
    {
        var (first, count) = rows[chunk];
        long at = (long)first * rows.Channels;
        var n = normalization;
        T* g = (masked ?? dy).Data + at;
        if (masked is null)
        {
            var pass = new NormalizationInputPass<T, TForm>(
                n.X.Data + at, g, dx.Data + at, count, rows.Channels, n.Center, n.Scale, n.Shift, slope, curve, offset);
            VectorWidth.Run<T, NormalizationInputPass<T, TForm>>(ref pass);
        }
        else
        {
            var pass = new NormalizationInputPass<T, PlainForm<T>>(
                n.X.Data + at, g, dx.Data + at, count, rows.Channels, n.Center, n.Scale, n.Shift, slope, curve, offset);
            VectorWidth.Run<T, NormalizationInputPass<T, PlainForm<T>>>(ref pass);
        }
    });

    void SumChunk(int chunk)
    {
        var (first, count) = rows[chunk];
        long at = (long)first * rows.Channels;
        var n = normalization;
        var pass = new NormalizationSumsPass<T, TForm>(n.X.Data + at, n.Y.Data + at, dy.Data + at, masked is null ? null : masked.Data + at,
            count, rows.Channels, n.Center, n.Scale, n.Shift, partial + (2L * chunk * rows.Channels));
        VectorWidth.Run<T, NormalizationSumsPass<T, TForm>>(ref pass);
    }

    void Merge(int part)
    {
        int channels = rows.Channels, first = part * ChannelsPerMerge, end = Math.Min(channels, first + ChannelsPerMerge);
        double* sums = stackalloc double[2 * ChannelsPerMerge];
        new Span<double>(sums, 2 * ChannelsPerMerge).Clear();
        for (int chunk = 0; chunk < rows.Chunks; chunk++)
        {
            double* from = partial + (2L * chunk * channels);
            for (int c = first; c < end; c++)
            {
                sums[c - first] += from[c];
                sums[ChannelsPerMerge + c - first] += from[channels + c];
            }
        }

        for (int c = first; c < end; c++)
        {
            Set(c, sums[c - first], sums[ChannelsPerMerge + c - first]);
        }
    }

    /// <summary>The gradients of a channel's weight and bias from Σ g and Σ g·(x − center), and the coefficients of dx = slope·g + curve·(x − center) + offset.</summary>
    void Set(int channel, double sum, double product)
    {
        double inverse = normalization.Inverse[channel], remainder = normalization.Remainder[channel];
        double weightGradient = inverse * (product - (remainder * sum)), factor = double.CreateTruncating(forward.Weight.Data[channel]) * inverse;
        double square = -factor * inverse * weightGradient / rows.Count;
        db.Data[channel] = T.CreateTruncating(sum);
        dw.Data[channel] = T.CreateTruncating(weightGradient);
        slope[channel] = T.CreateTruncating(factor);
        curve[channel] = T.CreateTruncating(square);
        offset[channel] = T.CreateTruncating(-(factor * sum / rows.Count) - (square * remainder));
    }
}
