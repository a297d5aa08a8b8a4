using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [N, <paramref name="height"/>, <paramref name="width"/>, C] = x [N, h, w, C] in other sizes, by bilinear interpolation between the centers of pixels:
    /// torch.nn.functional.interpolate(mode='bilinear', align_corners=False, antialias=False). Where images become smaller, pixels between those that are met have no share.
    /// dx gathers dy with the same weights.</summary>
    [Op("resize")]
    public Tensor<T> Resize(Tensor<T> x, int height, int width)
    {
        if (x.Shape.Rank != 4)
        {
            throw new ArgumentException($"resize: images [N, H, W, C] are needed, got {x.Shape}.");
        }

        if (height < 1 || width < 1)
        {
            throw new ArgumentException($"resize: height and width must be at least 1, got {height} and {width}.");
        }

        return Resize(x, AxisMap<T>.Linear(x.Shape[1], height), AxisMap<T>.Linear(x.Shape[2], width));
    }

    Tensor<T> Resize(Tensor<T> x, AxisMap<T> rows, AxisMap<T> columns)
    {
        var y = Output(new Shape(x.Shape[0], rows.Outputs, columns.Outputs, x.Shape[3]));
        ImageResizing.Record(this, rows, columns, x, y);
        return Record("resize", y, [x], (_, dy) => [() => Resize(dy, rows.Transposed, columns.Transposed)]);
    }
}
