using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [N, H′, W′, F] = x * w for images x [N, H, W, C] and filters w [F, KH, KW, C], with H′ = ⌊(H + 2·padding − KH)/stride⌋ + 1 and W′ alike;
    /// dx = <see cref="Conv2dInput"/>(dy, w), dw = <see cref="Conv2dWeight"/>(x, dy). (A correlation, as everywhere in this field: the filter is not turned.)</summary>
    [Op("conv2d")]
    public Tensor<T> Conv2d(Tensor<T> x, Tensor<T> weight, int stride, int padding)
    {
        var y = ConvolutionOutput("conv2d", x, weight, null, hasRelu: false, stride, padding);
        return Record("conv2d", y, [x, weight], (_, dy) =>
            [() => Conv2dInput(dy, weight, x.Shape[1], x.Shape[2], stride, padding), () => ConvolutionWeightGradient(x, dy, weight, stride, padding)]);
    }

    /// <summary>y = x * w + b, with b [F] added to every pixel; db = Σ over images and pixels of dy.</summary>
    [Op("conv2d_bias")]
    public Tensor<T> Conv2dBias(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, int stride, int padding)
    {
        var y = ConvolutionOutput("conv2d_bias", x, weight, bias, hasRelu: false, stride, padding);
        return Record("conv2d_bias", y, [x, weight, bias], (_, dy) => isRecording
            ? ConvolutionGradients(x, weight, dy, stride, padding)
            : FusedConvolutionGradients("conv2d_bias", x, weight, dy, OutputGradient.Of(dy), stride, padding));
    }

    /// <summary>y = max(x * w + b, 0), in one pass; its gradients are those of <see cref="Conv2dBias"/> with dy where y &gt; 0, else 0.</summary>
    [Op("conv2d_bias_relu")]
    public Tensor<T> Conv2dBiasRelu(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, int stride, int padding)
    {
        var y = ConvolutionOutput("conv2d_bias_relu", x, weight, bias, hasRelu: true, stride, padding);
        return Record("conv2d_bias_relu", y, [x, weight, bias], (y, dy) => isRecording
            ? ConvolutionGradients(x, weight, WherePositive(y, dy), stride, padding)
            : FusedConvolutionGradients("conv2d_bias_relu", x, weight, dy, OutputGradient.WherePositive(y, dy), stride, padding));
    }

    /// <summary>z [N, H, W, C], the gradient of Σ y·dy for y = x * w by images x of <paramref name="height"/> by <paramref name="width"/>: linear in dy [N, H′, W′, F]
    /// and in w; d(dy) = dz * w, dw = <see cref="Conv2dWeight"/>(dz, dy).</summary>
    [Op("conv2d_input")]
    public Tensor<T> Conv2dInput(Tensor<T> dy, Tensor<T> weight, int height, int width, int stride, int padding)
    {
        RequireRank("conv2d_input", dy, weight);
        var z = Output(new Shape(dy.Shape[0], height, width, weight.Shape[3]));
        Convolution.RecordInput(this, Geometry("conv2d_input", z.Shape, weight.Shape, dy.Shape, stride, padding), OutputGradient.Of(dy), weight, z);
        return Record("conv2d_input", z, [dy, weight], (_, dz) =>
            [() => Conv2d(dz, weight, stride, padding), () => ConvolutionWeightGradient(dz, dy, weight, stride, padding)]);
    }

    /// <summary>z [F, KH, KW, C], the gradient of Σ y·dy for y = x * w by filters w of <paramref name="kernelHeight"/> by <paramref name="kernelWidth"/>: linear in x
    /// and in dy [N, H′, W′, F]; dx = <see cref="Conv2dInput"/>(dy, dz), d(dy) = x * dz.</summary>
    [Op("conv2d_weight")]
    public Tensor<T> Conv2dWeight(Tensor<T> x, Tensor<T> dy, int kernelHeight, int kernelWidth, int stride, int padding)
    {
        RequireRank("conv2d_weight", x, dy);
        var z = Output(new Shape(dy.Shape[3], kernelHeight, kernelWidth, x.Shape[3]));
        Convolution.RecordWeight(this, Geometry("conv2d_weight", x.Shape, z.Shape, dy.Shape, stride, padding), x, OutputGradient.Of(dy), z);
        return Record("conv2d_weight", z, [x, dy], (_, dz) =>
            [() => Conv2dInput(dy, dz, x.Shape[1], x.Shape[2], stride, padding), () => Conv2d(x, dz, stride, padding)]);
    }

    Tensor<T> ConvolutionOutput(string op, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, bool hasRelu, int stride, int padding)
    {
        var geometry = ConvolutionGeometry.Of(op, x.Shape, weight.Shape, stride, padding);
        RequireBias(op, weight, bias);
        var y = Output(new Shape(x.Shape[0], geometry.OutputHeight, geometry.OutputWidth, geometry.Filters));
        Convolution.RecordForward(this, geometry, x, weight, bias, y, hasRelu);
        return y;
    }

    Func<Tensor<T>>?[] ConvolutionGradients(Tensor<T> x, Tensor<T> weight, Tensor<T> dy, int stride, int padding) =>
    [
        () => Conv2dInput(dy, weight, x.Shape[1], x.Shape[2], stride, padding),
        () => ConvolutionWeightGradient(x, dy, weight, stride, padding),
        () => SumRows(Reshape(dy, new Shape(dy.Count / dy.Shape[3], dy.Shape[3]))),
    ];

    Tensor<T> ConvolutionWeightGradient(Tensor<T> x, Tensor<T> dy, Tensor<T> weight, int stride, int padding) =>
        Conv2dWeight(x, dy, weight.Shape[1], weight.Shape[2], stride, padding);

    /// <summary>The same gradients without one of the full images in between: the gradient by the output is made anew, piece by piece, by what reads it, and the one that
    /// reads it for the weight sums it for the bias too.</summary>
    Func<Tensor<T>>?[] FusedConvolutionGradients(string op, Tensor<T> x, Tensor<T> weight, Tensor<T> dy, OutputGradient<T> gradient, int stride, int padding)
    {
        var geometry = Geometry(op, x.Shape, weight.Shape, gradient.Shape, stride, padding);
        (Tensor<T> Weight, Tensor<T> Bias)? sums = null;
        return [Images, () => (sums ??= Sums()).Weight, () => (sums ??= Sums()).Bias];

        Tensor<T> Images()
        {
            var dx = Like(x);
            Convolution.RecordInput(this, geometry, gradient, weight, dx);
            return Record($"{op}_input", dx, [dy, weight], backward: null);
        }

        (Tensor<T>, Tensor<T>) Sums()
        {
            var (dw, db) = (Like(weight), Output(new Shape(geometry.Filters)));
            Convolution.RecordWeight(this, geometry, x, gradient, dw, db);
            return (Record($"{op}_weight", dw, [x, dy], backward: null), Record($"{op}_bias_sums", db, [dy], backward: null));
        }
    }

    static void RequireBias(string op, Tensor<T> weight, Tensor<T>? bias)
    {
        if (bias is not null && bias.Shape != new Shape(weight.Shape[0]))
        {
            throw new ArgumentException($"{op}: the bias of filters {weight.Shape} has shape [{weight.Shape[0]}], got {bias.Shape}.");
        }
    }

    static void RequireRank(string op, Tensor<T> a, Tensor<T> b)
    {
        if (a.Shape.Rank != 4 || b.Shape.Rank != 4)
        {
            throw new ArgumentException($"{op}: two tensors of four axes are needed, got {a.Shape} and {b.Shape}.");
        }
    }

    static ConvolutionGeometry Geometry(string op, Shape x, Shape weight, Shape dy, int stride, int padding)
    {
        var geometry = ConvolutionGeometry.Of(op, x, weight, stride, padding);
        var expected = new Shape(x[0], geometry.OutputHeight, geometry.OutputWidth, geometry.Filters);
        return dy == expected ? geometry : throw new ArgumentException($"{op}: images {x} and filters {weight} give {expected}, the gradient has shape {dy}.");
    }
}
