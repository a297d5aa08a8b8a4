using Descent.Tensors;

namespace Descent.Layers;

/// <summary>y [N, H′, W′, F] = x [N, H, W, C] * w [F, K, K, C] (+ b [F]), with H′ = ⌊(H + 2·padding − K)/stride⌋ + 1 and W′ alike: torch.nn.Conv2d. A ReLU right behind
/// a bias is done in the same pass, and a max pooling right behind that.</summary>
public sealed class Conv2d : ILayer
{
    readonly int channels, filters, kernel, stride, padding;

    /// <param name="kernel">Height and width of the filters.</param>
    /// <param name="hasBias">Without a bias where a batch norm follows, which has its own.</param>
    public Conv2d(int channels, int filters, int kernel, int stride = 1, int padding = 0, bool hasBias = true)
    {
        (this.channels, this.filters, this.kernel, this.stride, this.padding) = (channels, filters, kernel, stride, padding);
        var weight = new ParameterInfo("weight", new Shape(filters, kernel, kernel, channels), ParameterTraits.Weight) { FanOut = filters * kernel * kernel };
        var bias = new ParameterInfo("bias", new Shape(filters), ParameterTraits.Bias) { FanIn = weight.FanIn };
        Parameters = hasBias ? [weight, bias] : [weight];
    }

    public string Kind => $"conv2d {kernel}×{kernel}{(stride == 1 ? "" : $"/{stride}")}";

    public IReadOnlyList<ParameterInfo> Parameters { get; }

    public Shape Output(Shape input) => input.Rank == 3 && input[2] == channels && Size(input[0]) > 0 && Size(input[1]) > 0
        ? new Shape(Size(input[0]), Size(input[1]), filters)
        : throw new ArgumentException(
            $"conv2d: an image [height, width, {channels}] with sides of at least {Math.Max(1, kernel - (2 * padding))} is needed, got {input}.");

    public long Flops(Shape input) => 2L * Output(input).Count * kernel * kernel * channels;

    public ILayer? FuseWith(ILayer next) => next is Activation { Name: "relu" } && Parameters.Count > 1 ? new WithRelu(this) : null;

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Parameters.Count > 1
        ? pass.Tape.Conv2dBias(x, pass.Parameters[0], pass.Parameters[1], stride, padding)
        : pass.Tape.Conv2d(x, pass.Parameters[0], stride, padding);

    int Size(int input) => input + (2 * padding) < kernel ? 0 : ((input + (2 * padding) - kernel) / stride) + 1;

    sealed class WithRelu(Conv2d convolution) : ILayer
    {
        public string Kind => $"{convolution.Kind}, relu";

        public IReadOnlyList<ParameterInfo> Parameters => convolution.Parameters;

        public Shape Output(Shape input) => convolution.Output(input);

        public long Flops(Shape input) => convolution.Flops(input);

        public ILayer? FuseWith(ILayer next) => next is MaxPool2d pooling ? new WithPooling(convolution, pooling) : null;

        public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            pass.Tape.Conv2dBiasRelu(x, pass.Parameters[0], pass.Parameters[1], convolution.stride, convolution.padding);
    }

    sealed class WithPooling(Conv2d convolution, MaxPool2d pooling) : ILayer
    {
        public string Kind => $"{convolution.Kind}, relu, {pooling.Kind}";

        public IReadOnlyList<ParameterInfo> Parameters => convolution.Parameters;

        public Shape Output(Shape input) => pooling.Output(convolution.Output(input));

        public long Flops(Shape input) => convolution.Flops(input);

        public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            pass.Tape.Conv2dBiasReluMaxPool2d(x, pass.Parameters[0], pass.Parameters[1], convolution.stride, convolution.padding,
                pooling.Window.Size, pooling.Window.Stride, pooling.Window.Padding);
    }
}
