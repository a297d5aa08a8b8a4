namespace Descent.Tensors.Kernels;

/// <summary>Where a convolution writes images: a tensor, or a chunk's own memory, from which something smaller is made.</summary>
abstract unsafe class ImageTarget<T>(Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[N, H, W, C].</summary>
    public Shape Shape => shape;

    public int Images => shape[0];

    public long ImageLength { get; } = (long)shape[1] * shape[2] * shape[3];

    /// <summary>Elements of a chunk's own memory that an image takes: 0 where it lies in a tensor.</summary>
    public abstract long RoomPerImage { get; }

    /// <summary>Where image <paramref name="first"/> is to be written, and those that follow behind it.</summary>
    /// <param name="room">Where the chunk's own memory lies.</param>
    public abstract T* Place(int first, T* room);

    /// <summary>Told when <paramref name="count"/> images are written.</summary>
    public abstract void Finish(int first, int count, T* room);
}

/// <summary>The images of a tensor.</summary>
sealed unsafe class TensorTarget<T>(Tensor<T> images) : ImageTarget<T>(images.Shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override long RoomPerImage => 0;

    public override T* Place(int first, T* room) => images.Data + (first * ImageLength);

    public override void Finish(int first, int count, T* room)
    {
    }
}
