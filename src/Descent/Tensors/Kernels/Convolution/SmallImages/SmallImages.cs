using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Images of 2×2 pixels in the domain of the nine products: [9][panels][images][channels of a panel].</summary>
/// <param name="images">How many have room.</param>
/// <param name="panelWidth">As in <see cref="WinogradDomain"/>.</param>
sealed unsafe class SmallImages<V, T>(Scratch scratch, int images, int channels, int panelWidth)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly WinogradDomain domain = new(images, channels, panelWidth);
    readonly T* planes = scratch.Take<T>((long)SmallImageTransform<V, T>.Products * new WinogradDomain(images, channels, panelWidth).Plane);

    public int PanelWidth => panelWidth;

    public int PanelLength => domain.PanelLength;

    public T* Plane(int product) => planes + ((long)product * domain.Plane);

    /// <summary>x₀ + x₁, x₁ and x₀ of the rows of each column, then of its columns.</summary>
    public void GatherInputs(T* from, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Gather(from + ((long)i * 4 * channels), 2 * channels, channels, first + i);
        }
    }

    /// <summary>y₀ + y₁, y₀ and y₁: what a transposed output gives back, which is a gather that begins at the last pixel.</summary>
    public void GatherGradients(T* from, int first, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Gather(from + (((long)i * 4) + 3) * channels, -2 * channels, -channels, first + i);
        }
    }

    /// <summary>y₀ = m₀ + m₁ and y₁ = m₀ + m₂, in both dimensions, with bias and ReLU.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Scatter(T* to, int first, int count, T* bias, Epilogue epilogue)
    {
        nint plane = domain.Plane;
        for (int i = 0; i < count; i++)
        {
            T* pixels = to + ((long)i * 4 * channels);
            for (int channel = 0; channel < channels; channel += V.Count)
            {
                V shift = (epilogue & Epilogue.Bias) != 0 ? V.Load(bias + channel) : default;
                T* m = planes + domain.Offset(first + i, channel);
                V top = V.Load(m) + shift, topLeft = V.Load(m + plane), topRight = V.Load(m + (2 * plane));
                m += 3 * plane;
                V upper = top + V.Load(m), upperLeft = topLeft + V.Load(m + plane), upperRight = topRight + V.Load(m + (2 * plane));
                m += 3 * plane;
                V lower = top + V.Load(m), lowerLeft = topLeft + V.Load(m + plane), lowerRight = topRight + V.Load(m + (2 * plane));
                Store(upper + upperLeft, pixels + channel, epilogue);
                Store(upper + upperRight, pixels + channels + channel, epilogue);
                Store(lower + lowerLeft, pixels + (2 * channels) + channel, epilogue);
                Store(lower + lowerRight, pixels + (3 * channels) + channel, epilogue);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(V value, T* pixel, Epilogue epilogue) => V.Store((epilogue & Epilogue.Relu) != 0 ? V.Relu(value) : value, pixel);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Gather(T* pixel, nint rowStep, nint columnStep, int image)
    {
        nint plane = domain.Plane;
        for (int channel = 0; channel < channels; channel += V.Count, pixel += V.Count)
        {
            V x00 = V.Load(pixel), x01 = V.Load(pixel + columnStep), x10 = V.Load(pixel + rowStep), x11 = V.Load(pixel + rowStep + columnStep);
            T* t = planes + domain.Offset(image, channel);
            StoreRow(x00 + x10, x01 + x11, t, plane);
            StoreRow(x10, x11, t + (3 * plane), plane);
            StoreRow(x00, x01, t + (6 * plane), plane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StoreRow(V left, V right, T* t, nint plane)
    {
        V.Store(left + right, t);
        V.Store(right, t + plane);
        V.Store(left, t + (2 * plane));
    }
}
