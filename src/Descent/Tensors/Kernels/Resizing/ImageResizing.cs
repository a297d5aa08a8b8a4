namespace Descent.Tensors.Kernels;

/// <summary>Images [N, h, w, C] to [N, H, W, C] by one sparse matrix for the rows and one for the columns. The adjoint is the same with both transposed.</summary>
public static class ImageResizing
{
    /// <summary>y = Σ over the taps of its row of weight · Σ over the taps of its column of weight·x, for each channel.</summary>
    /// <param name="rows">[H, h].</param>
    /// <param name="columns">[W, w].</param>
    public static void Record<T>(IRecorder recorder, AxisMap<T> rows, AxisMap<T> columns, Tensor<T> x, Tensor<T> y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Resize<T>(recorder, rows, columns, x, y);
        VectorWidth.Run<T, Resize<T>>(ref action);
    }

    readonly struct Resize<T>(IRecorder recorder, AxisMap<T> rows, AxisMap<T> columns, Tensor<T> x, Tensor<T> y) : IVectorAction<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T> => recorder.Run(new ResizedRows<V, T>(rows, columns, x, y).Work);
    }
}
