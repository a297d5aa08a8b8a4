namespace Descent.Tensors.Kernels;

/// <summary>Where a convolution reads images: a tensor, or images that each chunk makes for itself out of something smaller, so that they never lie in memory as
/// a whole.</summary>
abstract unsafe class ImageSource<T>(Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[N, H, W, C].</summary>
    public Shape Shape => shape;

    public int Images => shape[0];

    public long ImageLength { get; } = (long)shape[1] * shape[2] * shape[3];

    /// <summary>Elements of a chunk's own memory that an image takes: 0 where it lies in a tensor.</summary>
    public abstract long RoomPerImage { get; }

    /// <summary>The memory of image <paramref name="first"/>, behind which the others of <paramref name="count"/> lie.</summary>
    /// <param name="room">Where they are made, if they are.</param>
    public abstract T* Read(int first, int count, T* room);
}

/// <summary>The images of a tensor.</summary>
sealed unsafe class TensorSource<T>(Tensor<T> images) : ImageSource<T>(images.Shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override long RoomPerImage => 0;

    public override T* Read(int first, int count, T* room) => images.Data + (first * ImageLength);
}
