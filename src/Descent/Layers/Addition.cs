using Descent.Tensors;

namespace Descent.Layers;

/// <summary>The end of a residual block: y = x + shortcut. A ReLU right behind it is done in the same pass.</summary>
public sealed class Addition : ILayer
{
    public string Kind => "add";

    public Shape Output(Shape input) => input;

    public ILayer? FuseWith(ILayer next) => next is Activation { Name: "relu" } ? new WithRelu() : null;

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => pass.Tape.Add(x, pass.Shortcut!);

    sealed class WithRelu : ILayer
    {
        public string Kind => "add, relu";

        public Shape Output(Shape input) => input;

        public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => pass.Tape.AddRelu(x, pass.Shortcut!);
    }
}
