namespace Descent.Tensors.Kernels;

/// <summary>Images out of a ReLU of which only the largest number of each window is kept, with its tap.</summary>
sealed unsafe class PooledTarget<V, T>(PoolingGeometry geometry, Tensor<T> y, TapChoice taps) : ImageTarget<T>(geometry.InputShape)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly MaxPoolingForward<V, T> pooling = new(geometry, y, taps, isRectified: true);

    public override long RoomPerImage => ImageLength;

    public override T* Place(int first, T* room) => room;

    public override void Finish(int first, int count, T* room)
    {
        for (int i = 0; i < count; i++)
        {
            pooling.Run(first + i, room + (i * ImageLength));
        }
    }
}
