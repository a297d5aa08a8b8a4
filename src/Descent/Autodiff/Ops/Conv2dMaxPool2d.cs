using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [N, H″, W″, F] = the max pooling of max(x * w + b, 0), in one pass: <see cref="Conv2dBiasRelu"/>, then <see cref="MaxPool2d"/> by windows of
    /// <paramref name="size"/>. The images in between and their gradient never lie in memory as a whole.</summary>
    /// <remarks>Its gradients are those of <see cref="Conv2dBias"/> with dy at the pixels that were chosen and positive, else 0.</remarks>
    [Op("conv2d_bias_relu_max_pool2d")]
    public Tensor<T> Conv2dBiasReluMaxPool2d(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, int stride, int padding, int size, int poolStride, int poolPadding)
    {
        const string Op = "conv2d_bias_relu_max_pool2d";
        var geometry = ConvolutionGeometry.Of(Op, x.Shape, weight.Shape, stride, padding);
        RequireBias(Op, weight, bias);
        var pooling = MaxPoolingGeometry(Op, new Shape(x.Shape[0], geometry.OutputHeight, geometry.OutputWidth, geometry.Filters), size, poolStride, poolPadding);
        var y = Output(pooling.OutputShape);
        var taps = new TapChoice(Arena, y.Shape);
        Convolution.RecordPooledForward(this, geometry, x, weight, bias, pooling, y, taps);
        return Record(Op, y, [x, weight, bias], (_, dy) => isRecording
            ? ConvolutionGradients(x, weight, MaxUnpool2d(dy, pooling, taps), stride, padding)
            : FusedConvolutionGradients(Op, x, weight, dy, OutputGradient.Unpooled(dy, pooling, taps), stride, padding));
    }
}
