namespace Descent.Tensors.Kernels;

/// <summary>dy where y is positive, else 0: the gradient behind a ReLU, from the gradient before it and the output.</summary>
sealed unsafe class MaskedSource<T>(Tensor<T> y, Tensor<T> dy) : ImageSource<T>(dy.Shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override long RoomPerImage => ImageLength;

    public override T* Read(int first, int count, T* room)
    {
        int length = checked((int)(count * ImageLength));
        long start = first * ImageLength;
        Masking.WherePositive(new ReadOnlySpan<T>(y.Data + start, length), new ReadOnlySpan<T>(dy.Data + start, length), new Span<T>(room, length));
        return room;
    }
}
