namespace Descent.Tensors.Kernels;

/// <summary>The taps of a filter that fall into the padding everywhere: their gradient is zero. Where filters are larger than images, they are most of it.</summary>
sealed unsafe class UnmetTaps<T> where T : unmanaged
{
    readonly int filterLength;

    /// <summary>Runs of elements of a filter.</summary>
    readonly (int Start, int Length)[] runs;

    public UnmetTaps(ConvolutionGeometry geometry)
    {
        filterLength = geometry.Taps * geometry.Channels;
        int[] bounds = [-1, .. geometry.TapsThatMeetTheImage(), geometry.Taps];
        runs = [.. bounds.Zip(bounds.Skip(1), (tap, next) => ((tap + 1) * geometry.Channels, (next - tap - 1) * geometry.Channels)).Where(run => run.Item2 > 0)];
    }

    /// <summary>Makes these taps of some filters zeros. They are zeros since the step before, unless somebody wrote there, and reading them moves less memory than
    /// writing them.</summary>
    public void Clear(T* filters, int first, int count)
    {
        for (int filter = first; filter < first + count; filter++)
        {
            foreach (var (start, length) in runs)
            {
                var bytes = new Span<byte>(filters + ((long)filter * filterLength) + start, length * sizeof(T));
                if (bytes.ContainsAnyExcept((byte)0))
                {
                    bytes.Clear();
                }
            }
        }
    }
}
