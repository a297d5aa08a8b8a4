namespace Descent.Tensors.Kernels;

/// <summary>The gradient by the output of a convolution, as it comes from what follows.</summary>
public static class OutputGradient
{
    /// <summary>dy [N, H′, W′, F] itself.</summary>
    public static OutputGradient<T> Of<T>(Tensor<T> dy) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(dy, null, null, null);

    /// <summary>dy where the output y is positive, else 0: through a ReLU.</summary>
    public static OutputGradient<T> WherePositive<T>(Tensor<T> y, Tensor<T> dy) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(dy, y, null, null);

    /// <summary>dy at the pixels that a max pooling has chosen, else 0.</summary>
    public static OutputGradient<T> Unpooled<T>(Tensor<T> dy, PoolingGeometry geometry, TapChoice taps) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(dy, null, geometry, taps);
}

/// <summary>See <see cref="OutputGradient"/>.</summary>
public sealed class OutputGradient<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tensor<T> dy;
    readonly Tensor<T>? output;
    readonly PoolingGeometry? pooling;
    readonly TapChoice? taps;

    internal OutputGradient(Tensor<T> dy, Tensor<T>? output, PoolingGeometry? pooling, TapChoice? taps) =>
        (this.dy, this.output, this.pooling, this.taps) = (dy, output, pooling, taps);

    /// <summary>[N, H′, W′, F].</summary>
    public Shape Shape => pooling?.InputShape ?? dy.Shape;

    internal ImageSource<T> Source<V>() where V : struct, IVector<V, T> =>
        pooling is { } geometry ? new UnpooledSource<V, T>(geometry, dy, taps!) : output is not null ? new MaskedSource<T>(output, dy) : new TensorSource<T>(dy);
}
