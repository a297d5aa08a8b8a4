using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Cuts images into tiles of 4×4 pixels and carries them into the domain of the 36 products and back. Tiles at the edges may be partial.</summary>
sealed unsafe class WinogradTiles<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    const int Outputs = WinogradTransform<V, T>.Outputs, Inputs = WinogradTransform<V, T>.Inputs;

    readonly int height, width, channels, rows, columns;
    readonly WinogradDomain domain;
    readonly T* zeros;

    /// <param name="height">Height of the images; <paramref name="rows"/> tiles cover it.</param>
    public WinogradTiles(Arena arena, int height, int width, int channels, int rows, int columns, WinogradDomain domain)
    {
        (this.height, this.width, this.channels, this.rows, this.columns, this.domain) = (height, width, channels, rows, columns, domain);
        zeros = arena.Allocate<T>(new Shape(channels)).Data;
    }

    /// <summary>Elements of working memory that every call needs, aligned to a vector.</summary>
    public static int WorkLength => (Inputs * Inputs * V.Count) + (2 * Inputs * Inputs * sizeof(T*) / sizeof(T));

    public WinogradDomain Domain => domain;

    int TilesPerImage => rows * columns;

    /// <summary>Bᵀ·d·B of the 6×6 pixels of <paramref name="count"/> tiles, whose first lies <paramref name="padding"/> above and left of the tile's first output.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherInput(T* images, int first, int count, int padding, T* planes, T* work)
    {
        T** table = (T**)(work + (Inputs * Inputs * V.Count));
        nint plane = domain.Plane;
        Locate(images, first, -padding, Inputs, zeros, table);
        for (int tile = 0; tile < count; tile++)
        {
            T** pixels = table + (tile % 2 * Inputs * Inputs), next = table + ((tile + 1) % 2 * Inputs * Inputs);
            Locate(images, first + Math.Min(tile + 1, count - 1), -padding, Inputs, zeros, next);
            for (int channel = 0; channel < channels; channel += V.Count)
            {
                Prefetch.Run(next, Inputs * Inputs, channel);
                for (int j = 0; j < Inputs; j++)
                {
                    T** column = pixels + j;
                    WinogradTransform<V, T>.Input(
                        V.Load(column[0] + channel), V.Load(column[Inputs] + channel), V.Load(column[2 * Inputs] + channel), V.Load(column[3 * Inputs] + channel),
                        V.Load(column[4 * Inputs] + channel), V.Load(column[5 * Inputs] + channel), work + (j * V.Count), Inputs * V.Count);
                }

                T* to = planes + domain.Offset(tile, channel);
                for (int i = 0; i < Inputs; i++, to += Inputs * plane)
                {
                    T* row = work + (i * Inputs * V.Count);
                    WinogradTransform<V, T>.Input(V.Load(row), V.Load(row + V.Count), V.Load(row + (2 * V.Count)), V.Load(row + (3 * V.Count)),
                        V.Load(row + (4 * V.Count)), V.Load(row + (5 * V.Count)), to, plane);
                }
            }
        }
    }

    /// <summary>A·dy·Aᵀ of the 4×4 pixels of <paramref name="count"/> tiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherGradient(T* images, int first, int count, T* planes, T* work)
    {
        T** table = (T**)(work + (Inputs * Inputs * V.Count));
        nint plane = domain.Plane;
        Locate(images, first, 0, Outputs, zeros, table);
        for (int tile = 0; tile < count; tile++)
        {
            T** pixels = table + (tile % 2 * Inputs * Inputs), next = table + ((tile + 1) % 2 * Inputs * Inputs);
            Locate(images, first + Math.Min(tile + 1, count - 1), 0, Outputs, zeros, next);
            for (int channel = 0; channel < channels; channel += V.Count)
            {
                Prefetch.Run(next, Outputs * Outputs, channel);
                for (int j = 0; j < Outputs; j++)
                {
                    T** column = pixels + j;
                    WinogradTransform<V, T>.OutputGradient(V.Load(column[0] + channel), V.Load(column[Outputs] + channel), V.Load(column[2 * Outputs] + channel),
                        V.Load(column[3 * Outputs] + channel), work + (j * V.Count), Outputs * V.Count);
                }

                T* to = planes + domain.Offset(tile, channel);
                for (int i = 0; i < Inputs; i++, to += Inputs * plane)
                {
                    T* row = work + (i * Outputs * V.Count);
                    WinogradTransform<V, T>.OutputGradient(V.Load(row), V.Load(row + V.Count), V.Load(row + (2 * V.Count)), V.Load(row + (3 * V.Count)), to, plane);
                }
            }
        }
    }

    /// <summary>Aᵀ·m·A of the 36 products of <paramref name="count"/> tiles, with bias and ReLU, into the tiles' pixels that lie inside the image.</summary>
    /// <param name="sink">Room for the channels of a pixel: takes what lies outside.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ScatterOutput(T* planes, T* images, int first, int count, T* bias, Epilogue epilogue, T* work, T* sink)
    {
        T** table = (T**)(work + (Inputs * Inputs * V.Count));
        nint plane = domain.Plane;
        Locate(images, first, 0, Outputs, sink, table);
        for (int tile = 0; tile < count; tile++)
        {
            T** pixels = table + (tile % 2 * Inputs * Inputs), next = table + ((tile + 1) % 2 * Inputs * Inputs);
            Locate(images, first + Math.Min(tile + 1, count - 1), 0, Outputs, sink, next);
            for (int channel = 0; channel < channels; channel += V.Count)
            {
                Prefetch.Run(next, Outputs * Outputs, channel);
                V shift = (epilogue & Epilogue.Bias) != 0 ? V.Load(bias + channel) : default;
                T* from = planes + domain.Offset(tile, channel);
                for (int j = 0; j < Inputs; j++, from += plane)
                {
                    WinogradTransform<V, T>.Output(from, Inputs * plane, out V y0, out V y1, out V y2, out V y3);
                    V.Store(y0, work + (j * V.Count));
                    V.Store(y1, work + ((Inputs + j) * V.Count));
                    V.Store(y2, work + (((2 * Inputs) + j) * V.Count));
                    V.Store(y3, work + (((3 * Inputs) + j) * V.Count));
                }

                for (int i = 0; i < Outputs; i++)
                {
                    WinogradTransform<V, T>.Output(work + (i * Inputs * V.Count), V.Count, out V y0, out V y1, out V y2, out V y3);
                    T** row = pixels + (i * Outputs);
                    StorePixel(y0 + shift, row[0] + channel, epilogue);
                    StorePixel(y1 + shift, row[1] + channel, epilogue);
                    StorePixel(y2 + shift, row[2] + channel, epilogue);
                    StorePixel(y3 + shift, row[3] + channel, epilogue);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void StorePixel(V value, T* pixel, Epilogue epilogue) => V.Store((epilogue & Epilogue.Relu) != 0 ? V.Relu(value) : value, pixel);

    /// <summary>Where the pixels of a square lie, and <paramref name="outside"/> for those outside the image.</summary>
    void Locate(T* images, int tile, int shift, int size, T* outside, T** pixels)
    {
        var (image, place) = Math.DivRem(tile, TilesPerImage);
        int top = (place / columns * Outputs) + shift, left = (place % columns * Outputs) + shift;
        T* start = images + ((((long)image * height) + top) * width * channels) + ((long)left * channels);
        for (int i = 0; i < size; i++, start += (nint)width * channels, pixels += size)
        {
            bool isRowInside = (uint)(top + i) < (uint)height;
            for (int j = 0; j < size; j++)
            {
                pixels[j] = isRowInside && (uint)(left + j) < (uint)width ? start + (j * channels) : outside;
            }
        }
    }
}
