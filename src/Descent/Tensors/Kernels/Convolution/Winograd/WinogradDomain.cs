using System.Runtime.CompilerServices;

namespace Descent.Tensors.Kernels;

/// <summary>Where a batch of tiles lies in the domain of the products: [products][panels][tiles][channels of a panel].</summary>
/// <param name="Tiles">Tiles of the batch.</param>
/// <param name="PanelWidth">Channels of a panel, as many as a kernel reads side by side; all of them where it reads along the channels.</param>
readonly record struct WinogradDomain(int Tiles, int Channels, int PanelWidth)
{
    /// <summary>Elements between two panels or planes beyond their content, so that they do not fall on one another in the cache.</summary>
    const int Padding = 16;

    public int PanelLength => (Tiles * PanelWidth) + Padding;

    /// <summary>Elements from the plane of one product to the next.</summary>
    public int Plane => (((Channels + PanelWidth - 1) / PanelWidth) * PanelLength) + Padding;

    /// <summary>Elements from the start of a plane to a channel of a tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint Offset(int tile, int channel)
    {
        // Of all channels: no division in the usual case.
        int panel = PanelWidth == Channels ? 0 : channel / PanelWidth;
        return ((nint)panel * PanelLength) + (tile * PanelWidth) + channel - (panel * PanelWidth);
    }
}
