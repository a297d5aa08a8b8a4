using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Cuts images into tiles of 4×4 pixels and carries them into the domain of the 36 products and back. Tiles at the edges may be partial.</summary>
/// <remarks>In the domain, a batch of tiles is [36][tiles][channels]; each of the 36 planes is padded a little, so that they do not fall on one another in the cache.</remarks>
sealed unsafe class WinogradTiles<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Outputs = WinogradTransform<V, T>.Outputs, Inputs = WinogradTransform<V, T>.Inputs;

    /// <summary>Elements between two planes beyond their content.</summary>
    const int PlanePadding = 16;

    readonly int height, width, channels, rows, columns;
    readonly T* zeros;

    /// <param name="height">Height of the images; <paramref name="rows"/> tiles cover it.</param>
    public WinogradTiles(Arena arena, int height, int width, int channels, int rows, int columns)
    {
        (this.height, this.width, this.channels, this.rows, this.columns) = (height, width, channels, rows, columns);
        zeros = arena.Allocate<T>(new Shape(channels)).Data;
    }

    public int TilesPerImage => rows * columns;

    /// <summary>Elements from one of the 36 planes to the next for a batch of so many tiles.</summary>
    public static int Plane(int tiles, int channels) => (tiles * channels) + PlanePadding;

    /// <summary>Bᵀ·d·B of a tile's 6×6 pixels, whose first lies <paramref name="padding"/> above and left of the tile's first output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherInput(T* images, int tile, int padding, T* domain, int plane)
    {
        T** pixels = stackalloc T*[Inputs * Inputs];
        Locate(images, tile, -padding, Inputs, pixels);
        T* patch = stackalloc T[Inputs * V.Count], half = stackalloc T[Inputs * Inputs * V.Count];
        for (int channel = 0; channel < channels; channel += V.Count)
        {
            for (int j = 0; j < Inputs; j++)
            {
                for (int i = 0; i < Inputs; i++)
                {
                    V.Store(V.Load(pixels[(i * Inputs) + j] + channel), patch + (i * V.Count));
                }

                WinogradTransform<V, T>.Input(patch, V.Count, half + (j * V.Count), Inputs * V.Count);
            }

            for (int i = 0; i < Inputs; i++)
            {
                WinogradTransform<V, T>.Input(half + (i * Inputs * V.Count), V.Count, domain + ((long)i * Inputs * plane) + channel, plane);
            }
        }
    }

    /// <summary>A·dy·Aᵀ of a tile's 4×4 pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherGradient(T* images, int tile, T* domain, int plane)
    {
        T** pixels = stackalloc T*[Outputs * Outputs];
        Locate(images, tile, 0, Outputs, pixels);
        T* patch = stackalloc T[Outputs * V.Count], half = stackalloc T[Inputs * Outputs * V.Count];
        for (int channel = 0; channel < channels; channel += V.Count)
        {
            for (int j = 0; j < Outputs; j++)
            {
                for (int i = 0; i < Outputs; i++)
                {
                    V.Store(V.Load(pixels[(i * Outputs) + j] + channel), patch + (i * V.Count));
                }

                WinogradTransform<V, T>.OutputGradient(patch, V.Count, half + (j * V.Count), Outputs * V.Count);
            }

            for (int i = 0; i < Inputs; i++)
            {
                WinogradTransform<V, T>.OutputGradient(half + (i * Outputs * V.Count), V.Count, domain + ((long)i * Inputs * plane) + channel, plane);
            }
        }
    }

    /// <summary>Aᵀ·m·A of a tile's 36 products, with bias and ReLU, into the tile's pixels that lie inside the image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScatterOutput(T* domain, int plane, T* images, int tile, T* bias, Epilogue epilogue)
    {
        T** pixels = stackalloc T*[Outputs * Outputs];
        Locate(images, tile, 0, Outputs, pixels);
        T* half = stackalloc T[Outputs * Inputs * V.Count], result = stackalloc T[Outputs * V.Count];
        for (int channel = 0; channel < channels; channel += V.Count)
        {
            V shift = (epilogue & Epilogue.Bias) != 0 ? V.Load(bias + channel) : default;
            for (int j = 0; j < Inputs; j++)
            {
                WinogradTransform<V, T>.Output(domain + ((long)j * plane) + channel, (nint)Inputs * plane, half + (j * V.Count), Inputs * V.Count);
            }

            for (int i = 0; i < Outputs; i++)
            {
                WinogradTransform<V, T>.Output(half + (i * Inputs * V.Count), V.Count, result, V.Count);
                for (int j = 0; j < Outputs; j++)
                {
                    T* pixel = pixels[(i * Outputs) + j];
                    if (pixel != zeros)
                    {
                        V value = V.Load(result + (j * V.Count)) + shift;
                        V.Store((epilogue & Epilogue.Relu) != 0 ? V.Relu(value) : value, pixel + channel);
                    }
                }
            }
        }
    }

    /// <summary>Where the pixels of a square lie; those outside the image are zeros.</summary>
    void Locate(T* images, int tile, int shift, int size, T** pixels)
    {
        var (image, place) = Math.DivRem(tile, TilesPerImage);
        int top = (place / columns * Outputs) + shift, left = (place % columns * Outputs) + shift;
        T* start = images + ((long)image * height * width * channels);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                int y = top + i, x = left + j;
                pixels[(i * size) + j] = (uint)y < (uint)height && (uint)x < (uint)width ? start + ((((long)y * width) + x) * channels) : zeros;
            }
        }
    }
}
