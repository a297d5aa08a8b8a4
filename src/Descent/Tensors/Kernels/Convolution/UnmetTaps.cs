namespace Descent.Tensors.Kernels;

/// <summary>The taps of a filter that fall into the padding everywhere: their gradient is zero. Where filters are larger than images, they are most of it.</summary>
sealed unsafe class UnmetTaps<T> where T : unmanaged
{
    readonly int filters, filterLength;

    /// <summary>Runs of elements of a filter.</summary>
    readonly (int Start, int Length)[] runs;

    public UnmetTaps(ConvolutionGeometry geometry)
    {
        (filters, filterLength) = (geometry.Filters, geometry.Taps * geometry.Channels);
        int[] bounds = [-1, .. geometry.TapsThatMeetTheImage(), geometry.Taps];
        runs = [.. bounds.Zip(bounds.Skip(1), (tap, next) => ((tap + 1) * geometry.Channels, (next - tap - 1) * geometry.Channels)).Where(run => run.Item2 > 0)];
    }

    /// <summary>Makes these taps of all filters zeros, or of one of so many parts of the filters. They are zeros since the step before, unless somebody wrote there,
    /// and reading them moves less memory than writing them.</summary>
    public void Clear(T* gradient, int part = 0, int parts = 1)
    {
        for (int run = First(part, parts); run < First(part + 1, parts); run++)
        {
            var bytes = Bytes(gradient, run);
            if (bytes.ContainsAnyExcept((byte)0))
            {
                bytes.Clear();
            }
        }
    }

    /// <summary>Asks for the memory of a part, so that it comes while there is other work.</summary>
    public void Prefetch(T* gradient, int part, int parts)
    {
        for (int run = First(part, parts); run < First(part + 1, parts); run++)
        {
            Kernels.Prefetch.Run(Bytes(gradient, run));
        }
    }

    int First(int part, int parts) => (int)((long)filters * runs.Length * part / parts);

    Span<byte> Bytes(T* gradient, int number)
    {
        var (filter, run) = Math.DivRem(number, runs.Length);
        return new(gradient + ((long)filter * filterLength) + runs[run].Start, runs[run].Length * sizeof(T));
    }
}
