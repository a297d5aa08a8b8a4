namespace Descent.Tensors.Kernels;

/// <summary>Max pooling of images [N, H, W, C], and the two linear maps between images and outputs that its choice of taps defines.</summary>
/// <remarks>For each output element a byte holds one plus the number of its tap, counted row by row through the window, or 0 where nothing shall
/// go back. The first of equal maxima is chosen, and a NaN before any number, as in PyTorch.</remarks>
public static class MaxPooling
{
    /// <summary>So that tap numbers fit a byte.</summary>
    public const int LargestSize = 15;

    /// <summary>y [N, H′, W′, C] = the largest of each window of x; the choice goes to <paramref name="taps"/>.</summary>
    /// <param name="isRectified">Whether x came out of a ReLU: then an output that is not positive lets nothing back, and the gradient needs no mask of its own.</param>
    public static void RecordForward<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> x, Tensor<T> y, TapChoice taps, bool isRectified)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Forward<T>(recorder, geometry, x, y, taps, isRectified);
        VectorWidth.Run<T, Forward<T>>(ref action);
    }

    /// <summary>z [N, H, W, C]: each element of dy goes to its chosen tap; where several meet they are added in the order of the outputs.</summary>
    public static void RecordUnpool<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> dy, TapChoice taps, Tensor<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Unpool<T>(recorder, geometry, dy, taps, z);
        VectorWidth.Run<T, Unpool<T>>(ref action);
    }

    /// <summary>z [N, H′, W′, C]: the elements of x [N, H, W, C] at the chosen taps, 0 where none was chosen.</summary>
    public static void RecordPick<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> x, TapChoice taps, Tensor<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => recorder.Run(new MaxPicking<T>(geometry, x, taps, z).Work);

    readonly struct Forward<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> x, Tensor<T> y, TapChoice taps, bool isRectified) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T> => recorder.Run(new MaxPoolingForward<V, T>(geometry, y, taps, isRectified).Map(x));
    }

    readonly struct Unpool<T>(IRecorder recorder, PoolingGeometry geometry, Tensor<T> dy, TapChoice taps, Tensor<T> z) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T> => recorder.Run(new MaxUnpooling<V, T>(geometry, dy, taps).Map(z));
    }
}
