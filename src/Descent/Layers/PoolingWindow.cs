using Descent.Tensors;

namespace Descent.Layers;

/// <summary>The windows of a pooling layer.</summary>
readonly record struct PoolingWindow(int Size, int Stride, int Padding)
{
    /// <exception cref="ArgumentException">The input is no image, or smaller than a window.</exception>
    public Shape Output(string layer, Shape input) => input.Rank == 3 && input[0] + (2 * Padding) >= Size && input[1] + (2 * Padding) >= Size
        ? new Shape(Places(input[0]), Places(input[1]), input[2])
        : throw new ArgumentException($"{layer}: an image [height, width, channels] with sides of at least {Size - (2 * Padding)} is needed, got {input}.");

    public override string ToString() => $"{Size}×{Size}/{Stride}";

    int Places(int side) => ((side + (2 * Padding) - Size) / Stride) + 1;
}
