namespace Descent.Tensors.Kernels;

/// <summary>The gradient before a max pooling, from the gradient behind it and the choice of taps.</summary>
sealed unsafe class UnpooledSource<V, T>(PoolingGeometry geometry, Tensor<T> dy, TapChoice taps) : ImageSource<T>(geometry.InputShape)
    where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly MaxUnpooling<V, T> unpooling = new(geometry, dy, taps);

    public override long RoomPerImage => ImageLength;

    public override T* Read(int first, int count, T* room)
    {
        for (int i = 0; i < count; i++)
        {
            unpooling.Run(first + i, room + (i * ImageLength));
        }

        return room;
    }
}
