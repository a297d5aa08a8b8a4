using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>Lets the gradient of the scalar <paramref name="loss"/> lie in the gradient buffer of <paramref name="parameters"/>, now and after every
    /// replay. The values of the parameters were watched before the loss was computed.</summary>
    /// <remarks>A gradient that an op of this tape writes whole, on memory of its own, moves into its slot and costs no copy. All others are copied
    /// there in every replay: views and what has views, one tensor that is the gradient of two parameters, constants, and zeros. (Constants too, because
    /// another tape may write to the same buffer between two replays.)</remarks>
    /// <exception cref="InvalidOperationException">An op on the way has no gradient; the message names it.</exception>
    public void GradientInto(Tensor<T> loss, Parameters<T> parameters)
    {
        var homes = parameters.Slots.ToDictionary(slot => slot.Value, slot => slot.Gradient);
        var gradients = FinalGradient(loss, [.. parameters.Slots.Select(slot => slot.Value)], homes);
        for (int i = 0; i < gradients.Length; i++)
        {
            var (from, to) = (gradients[i], parameters.Slots[i].Gradient);
            if (homes.ContainsKey(parameters.Slots[i].Value) && !TryMove(from, to))
            {
                Run(Elementwise.Map(from, to, static (x, y) => x.CopyTo(y)));
            }
        }
    }

    /// <summary>False for what must stay where it is. What has moved once belongs to its slot: as the gradient of a second parameter it is copied.</summary>
    bool TryMove(Tensor<T> from, Tensor<T> to)
    {
        bool isAlone = !from.SharesMemory && computed.Remove(from);
        if (isAlone)
        {
            from.MoveTo(to);
        }

        return isAlone;
    }
}
