using Descent.Tensors;

namespace Descent.Layers;

/// <summary>y [N, out] = x [N, in]·Wᵀ + b, with W [out, in] and b [out] as in torch.nn.Linear. A ReLU right behind it is done in the same pass.</summary>
public sealed class Linear(int inputs, int outputs) : ILayer
{
    public int Inputs { get; } = inputs;

    public int Outputs { get; } = outputs;

    public string Kind => "linear";

    public IReadOnlyList<ParameterInfo> Parameters { get; } =
    [
        new("weight", new Shape(outputs, inputs), ParameterTraits.Weight),
        new("bias", new Shape(outputs), ParameterTraits.Bias) { FanIn = inputs },
    ];

    public Shape Output(Shape input) => input == new Shape(Inputs)
        ? new Shape(Outputs)
        : throw new ArgumentException($"linear: an input of shape [{Inputs}] is needed, got {input}.");

    public long Flops(Shape input) => 2L * Inputs * Outputs;

    public ILayer? FuseWith(ILayer next) => next is Activation { Name: "relu" } ? new WithRelu(this) : null;

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => pass.Tape.Linear(x, pass.Parameters[0], pass.Parameters[1]);

    sealed class WithRelu(Linear linear) : ILayer
    {
        public string Kind => "linear, relu";

        public IReadOnlyList<ParameterInfo> Parameters => linear.Parameters;

        public Shape Output(Shape input) => linear.Output(input);

        public long Flops(Shape input) => linear.Flops(input);

        public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => pass.Tape.LinearRelu(x, pass.Parameters[0], pass.Parameters[1]);
    }
}
