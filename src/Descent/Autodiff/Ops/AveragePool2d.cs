using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [N, H′, W′, C] = the sum of each window of <paramref name="size"/> by <paramref name="size"/> pixels of x [N, H, W, C] over size², padding counted as
    /// zeros (PyTorch's default), with H′ = ⌊(H + 2·padding − size)/stride⌋ + 1 and W′ alike; each pixel of dx is the sum of dy over its windows, over size².</summary>
    [Op("average_pool2d")]
    public Tensor<T> AveragePool2d(Tensor<T> x, int size, int stride, int padding) =>
        AveragePool2d(x, PoolingGeometry.Of("average_pool2d", x.Shape, size, stride, padding));

    /// <summary>y [N, C] = the mean over the pixels of x [N, H, W, C]; each pixel of dx is dy/(H·W).</summary>
    [Op("global_average_pool2d")]
    public Tensor<T> GlobalAveragePool2d(Tensor<T> x)
    {
        var shape = x.Shape;
        if (shape.Rank != 4)
        {
            throw new ArgumentException($"global_average_pool2d: images [N, H, W, C] are needed, got {shape}.");
        }

        var y = Output(new Shape(shape[0], shape[3]));
        GlobalAveragePooling.RecordForward(this, x, y);
        return Record("global_average_pool2d", y, [x], (_, dy) => [() => GlobalAverageSpread2d(dy, shape)]);
    }

    Tensor<T> AveragePool2d(Tensor<T> x, PoolingGeometry geometry)
    {
        var y = Output(geometry.OutputShape);
        AveragePooling.RecordForward(this, geometry, x, y);
        return Record("average_pool2d", y, [x], (_, dy) => [() => AverageSpread2d(dy, geometry)]);
    }

    Tensor<T> AverageSpread2d(Tensor<T> dy, PoolingGeometry geometry)
    {
        var z = Output(geometry.InputShape);
        AveragePooling.RecordSpread(this, geometry, dy, z);
        return Record("average_spread2d", z, [dy], (_, dz) => [() => AveragePool2d(dz, geometry)]);
    }

    Tensor<T> GlobalAverageSpread2d(Tensor<T> dy, Shape shape)
    {
        var z = Output(shape);
        Run(GlobalAveragePooling.Spread(dy, z));
        return Record("global_average_spread2d", z, [dy], (_, dz) => [() => GlobalAveragePool2d(dz)]);
    }
}
