namespace Descent.Tensors.Kernels;

/// <summary>How many tiles are worked on together, and which convolutions take this way.</summary>
static class WinogradBatch
{
    const int CacheBytes = 3 << 18;
    const int FewestTiles = 24, MostTiles = 96, FewestTilesForWeight = 48, MostTilesForWeight = 192, MostImages = 8;
    const int FewestChannels = 32, SmallestImage = 4;

    /// <summary>The largest filters whose gradient keeps 36 sums for every pair of channels in each chunk.</summary>
    const int MostPairsForWeight = 1 << 15;

    /// <summary>As many as keep the 36 planes of <paramref name="channels"/> (inputs and outputs) in the second-level cache; a multiple of the kernel's rows.</summary>
    public static int Tiles<T>(int channels, int rows) where T : unmanaged
    {
        int fitting = CacheBytes / (36 * channels * System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        return Math.Clamp(fitting, FewestTiles, MostTiles) / rows * rows;
    }

    /// <summary>How many images a chunk takes where it takes whole ones: the fewest that fill their last batch best.</summary>
    public static int Images(int tilesPerImage, int tilesPerBatch) =>
        Enumerable.Range(1, MostImages).MinBy(images => (double)(((images * tilesPerImage) + tilesPerBatch - 1) / tilesPerBatch) / images);

    /// <summary>For the gradient by the filters: enough tiles that the sums for every pair of channels, which each batch reads and writes, move no more memory than
    /// the tiles themselves.</summary>
    public static int TilesForWeight(int channels, int filters) =>
        Math.Clamp(3 * channels * filters / (2 * (channels + filters)), FewestTilesForWeight, MostTilesForWeight);

    /// <summary>3×3, stride 1, many channels, images that fill a tile.</summary>
    public static bool IsWorthIt(ConvolutionGeometry geometry, int lanes) =>
        geometry is { KernelHeight: 3, KernelWidth: 3, Stride: 1, Padding: <= 2, Channels: >= FewestChannels, Filters: >= FewestChannels }
        && geometry.Channels % lanes == 0 && geometry.Filters % lanes == 0
        && geometry.OutputHeight >= SmallestImage && geometry.OutputWidth >= SmallestImage;

    public static bool IsWorthItForWeight(ConvolutionGeometry geometry, int lanes) =>
        IsWorthIt(geometry, lanes) && geometry.Channels * geometry.Filters <= MostPairsForWeight;
}
