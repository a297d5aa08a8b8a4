namespace Descent.Tensors.Kernels;

/// <summary>Which tap of its window each output of a max pooling chose: a byte each, see <see cref="MaxPooling"/>.</summary>
public sealed unsafe class TapChoice
{
    public TapChoice(Arena arena, Shape output) => Data = arena.AllocateRaw<byte>(output.Count);

    internal byte* Data { get; }
}
