using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [N, H′, W′, C] = the largest of each window of <paramref name="size"/> by <paramref name="size"/> pixels of x [N, H, W, C], with
    /// H′ = ⌊(H + 2·padding − size)/stride⌋ + 1 and W′ alike; dx has dy at the pixel that was chosen, summed where windows overlap.</summary>
    /// <remarks>As in PyTorch the first of equal maxima is chosen, row by row through the window, a NaN wins, and padding counts as −∞. The choice does not depend on x
    /// in the sense of derivatives, so the gradient is linear.</remarks>
    [Op("max_pool2d")]
    public Tensor<T> MaxPool2d(Tensor<T> x, int size, int stride, int padding)
    {
        var geometry = MaxPoolingGeometry("max_pool2d", x.Shape, size, stride, padding);
        var y = Output(geometry.OutputShape);
        var taps = new TapChoice(Arena, y.Shape);
        MaxPooling.RecordForward(this, geometry, x, y, taps, isRectified: false);
        return Record("max_pool2d", y, [x], (_, dy) => [() => MaxUnpool2d(dy, geometry, taps)]);
    }

    static PoolingGeometry MaxPoolingGeometry(string op, Shape x, int size, int stride, int padding) => size <= MaxPooling.LargestSize
        ? PoolingGeometry.Of(op, x, size, stride, padding)
        : throw new ArgumentException($"{op}: size must be at most {MaxPooling.LargestSize}, got {size}.");

    Tensor<T> MaxUnpool2d(Tensor<T> dy, PoolingGeometry geometry, TapChoice taps)
    {
        var z = Output(geometry.InputShape);
        MaxPooling.RecordUnpool(this, geometry, dy, taps, z);
        return Record("max_unpool2d", z, [dy], (_, dz) => [() => MaxPick2d(dz, geometry, taps)]);
    }

    Tensor<T> MaxPick2d(Tensor<T> x, PoolingGeometry geometry, TapChoice taps)
    {
        var z = Output(geometry.OutputShape);
        MaxPooling.RecordPick(this, geometry, x, taps, z);
        return Record("max_pick2d", z, [x], (_, dz) => [() => MaxUnpool2d(dz, geometry, taps)]);
    }
}
