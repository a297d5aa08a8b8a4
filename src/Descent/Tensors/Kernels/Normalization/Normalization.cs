using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>z = (x − center)·scale + shift for each channel, with a form after it: what batch normalization does in training and in evaluation.</summary>
/// <remarks>The center is the mean, rounded; the shift makes up for the rounding. So z is right where the mean is much larger than the deviation.</remarks>
sealed unsafe class Normalization<T, TForm> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TForm : struct, INormalizationForm<T>
{
    readonly Tensor<T>? addend;

    public Normalization(Arena arena, Tensor<T> x, Tensor<T>? addend, Tensor<T> y)
    {
        (X, this.addend, Y) = (x, addend, y);
        Rows = new ChannelRows(x.Shape);
        Center = arena.AllocateRaw<T>(Rows.Channels);
        Scale = arena.AllocateRaw<T>(Rows.Channels);
        Shift = arena.AllocateRaw<T>(Rows.Channels);
        Inverse = arena.AllocateRaw<double>(Rows.Channels);
        Remainder = arena.AllocateRaw<double>(Rows.Channels);
    }

    public Tensor<T> X { get; }

    public Tensor<T> Y { get; }

    public ChannelRows Rows { get; }

    public T* Center { get; }

    public T* Scale { get; }

    public T* Shift { get; }

    /// <summary>1/√(variance + ε) of each channel.</summary>
    public double* Inverse { get; }

    /// <summary>The mean of each channel less its center.</summary>
    public double* Remainder { get; }

    /// <summary>y from x by the coefficients that were set.</summary>
    public Work Apply => new(Rows.Chunks, RunChunk);

    /// <summary>Sets the coefficients of a channel.</summary>
    public void Set(int channel, double mean, double variance, double epsilon, T weight, T bias)
    {
        double inverse = 1 / Math.Sqrt(variance + epsilon), scale = double.CreateTruncating(weight) * inverse;
        Center[channel] = T.CreateTruncating(mean);
        Remainder[channel] = mean - double.CreateTruncating(Center[channel]);
        Inverse[channel] = inverse;
        Scale[channel] = T.CreateTruncating(scale);
        Shift[channel] = T.CreateTruncating(double.CreateTruncating(bias) - (Remainder[channel] * scale));
    }

    /// <summary>z from x less the center: the same bits wherever it is computed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V centered, T* scale, T* shift) where V : struct, IVector<V, T> => V.FusedMultiplyAdd(centered, V.Load(scale), V.Load(shift));

    void RunChunk(int chunk)
    {
        var (first, count) = Rows[chunk];
        long at = (long)first * Rows.Channels;
        var pass = new Pass(X.Data + at, addend is null ? null : addend.Data + at, Y.Data + at, count, Rows.Channels, Center, Scale, Shift);
        VectorWidth.Run<T, Pass>(ref pass);
    }

    readonly struct Pass(T* x, T* addend, T* y, int rows, int channels, T* center, T* scale, T* shift) : IVectorAction<T>
    {
        readonly T* x = x, addend = addend, y = y, center = center, scale = scale, shift = shift;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>() where V : struct, IVector<V, T>
        {
            for (int row = 0; row < rows; row++)
            {
                long at = (long)row * channels;
                int c = 0;
                for (; c <= channels - V.Count; c += V.Count)
                {
                    Apply<V>(at + c, c);
                }

                for (; c < channels; c++)
                {
                    Apply<SingleLane<T>>(at + c, c);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        void Apply<V>(long at, int channel) where V : struct, IVector<V, T> => V.Store(
            TForm.Output(Value(V.Load(x + at) - V.Load(center + channel), scale + channel, shift + channel), addend + at), y + at);
    }
}
