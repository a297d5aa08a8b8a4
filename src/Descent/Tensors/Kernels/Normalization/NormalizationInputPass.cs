using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>dx = slope·g + curve·(x − center) + offset for some rows of channels, with g from dy by the form.</summary>
readonly unsafe struct NormalizationInputPass<T, TForm>(
    T* x, T* dy, T* dx, int rows, int channels, T* center, T* scale, T* shift, T* slope, T* curve, T* offset) : IVectorAction<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T> where TForm : struct, INormalizationForm<T>
{
    readonly T* x = x, dy = dy, dx = dx, center = center, scale = scale, shift = shift, slope = slope, curve = curve, offset = offset;

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
    void Apply<V>(long at, int channel) where V : struct, IVector<V, T>
    {
        V centered = V.Load(x + at) - V.Load(center + channel);
        V g = TForm.Gradient(Normalization<T, TForm>.Value(centered, scale + channel, shift + channel), null, V.Load(dy + at));
        V rest = V.FusedMultiplyAdd(centered, V.Load(curve + channel), V.Load(offset + channel));
        V.Store(V.FusedMultiplyAdd(g, V.Load(slope + channel), rest), dx + at);
    }
}
