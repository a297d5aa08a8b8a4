namespace Descent.Data;

/// <summary>The sizes of one image; its values lie row by row, pixel by pixel, the channels of a pixel side by side.</summary>
public readonly record struct ImageShape(int Height, int Width, int Channels)
{
    /// <summary>Values an image: height × width × channels.</summary>
    public int Length => checked(Height * Width * Channels);

    /// <summary>As in <c>32×32×3</c>; of a row of a table <c>4 values</c>.</summary>
    public override string ToString() => Height == 1 && Width == 1 ? $"{Channels} values" : $"{Height}×{Width}×{Channels}";
}
