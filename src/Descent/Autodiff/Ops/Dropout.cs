using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = x/(1 − p) where an element is kept, 0 where it is dropped, which happens with the given probability p, 0 ≤ p &lt; 1; dx = dy/(1 − p) where it is kept,
    /// else 0. The form of training.</summary>
    /// <remarks>Srivastava et al., "Dropout", JMLR 15, 2014, in the form that scales in training. Which elements are kept is a function of (seed, step, layer, place of
    /// the element in the whole batch): see <see cref="DropoutMask"/>. Nothing is stored; the gradient makes the same choice again.</remarks>
    /// <param name="position">Read in every replay.</param>
    /// <param name="layer">The number of the layer in the model, 0 to 65,535, so that no two layers make the same choices.</param>
    [Op("dropout")]
    public Tensor<T> Dropout(Tensor<T> x, double probability, StepPosition position, int layer)
    {
        if (!(probability >= 0 && probability < 1))
        {
            throw new BadInputException($"dropout: the probability must be at least 0 and below 1, got {probability}.");
        }

        if (layer is < 0 or > ushort.MaxValue)
        {
            throw new ArgumentException($"dropout: the layer must be 0 to {ushort.MaxValue}, got {layer}.");
        }

        return Dropout(x, new DropoutMask(probability, position, layer));
    }

    Tensor<T> Dropout(Tensor<T> x, DropoutMask mask)
    {
        var y = Like(x);
        Run(mask.Apply(x, y));
        return Record("dropout", y, [x], (_, dy) => [() => Dropout(dy, mask)]);
    }
}
