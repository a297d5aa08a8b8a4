namespace Descent.Tensors.Kernels;

/// <summary>Average pooling of images [N, H, W, C] and its adjoint. Padding counts as zeros, in the number of taps too.</summary>
public static class AveragePooling
{
    /// <summary>y [N, H′, W′, C] = the sum of each window of x over size², row by row.</summary>
    public static void RecordForward<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> x, Tensor<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Forward<T>(recorder, geometry, x, y);
        VectorWidth.Run<T, Forward<T>>(ref action);
    }

    /// <summary>z [N, H, W, C]: at each pixel the sum of dy over the windows that hold it, in the order of the outputs, over size².</summary>
    public static void RecordSpread<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> dy, Tensor<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Spread<T>(recorder, geometry, dy, z);
        VectorWidth.Run<T, Spread<T>>(ref action);
    }

    readonly struct Forward<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> x, Tensor<T> y) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T> => recorder.Run(new AveragePoolingForward<V, T>(geometry, x, y).Work);
    }

    readonly struct Spread<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> dy, Tensor<T> z) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T> => recorder.Run(new AverageSpreading<V, T>(geometry, dy, z).Work);
    }
}
