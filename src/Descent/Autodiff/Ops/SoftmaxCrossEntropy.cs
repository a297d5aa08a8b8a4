using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [] = mean over the rows of −log softmax(x)[i, labelᵢ] for x [n, classes]; dx = (softmax(x) − onehot(label))·dy/n.</summary>
    /// <remarks>The labels may be overwritten before a replay. The gradient is one pass over the stored probabilities; where it shall be differentiated
    /// again, it is composed of ops.</remarks>
    [Op("softmax_cross_entropy")]
    public Tensor<T> SoftmaxCrossEntropy(Tensor<T> x, Labels labels)
    {
        RequireMatrix("softmax_cross_entropy", x);
        if (labels.Count != x.Shape[0])
        {
            throw new ArgumentException($"softmax_cross_entropy: {x.Shape} needs {x.Shape[0]} labels, got {labels.Count}.");
        }

        var (p, y) = (Like(x), Output(Shape.Scalar));
        CrossEntropy.Record(this, x, labels, p, y);
        return Record("softmax_cross_entropy", y, [x], (_, dy) => [() => isRecording
            ? Multiply(Subtract(Softmax(x), OneHot(labels, x.Shape[1])), Repeat(Scale(dy, 1.0 / x.Shape[0]), x.Shape))
            : SoftmaxCrossEntropyGradient(p, labels, dy)]);
    }

    Tensor<T> SoftmaxCrossEntropyGradient(Tensor<T> p, Labels labels, Tensor<T> dy)
    {
        var dx = Like(p);
        Run(CrossEntropy.Gradient(p, labels, dy, dx));
        return Record("softmax_cross_entropy_gradient", dx, [p, dy], backward: null);
    }
}
