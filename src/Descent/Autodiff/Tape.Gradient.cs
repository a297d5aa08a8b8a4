using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>The gradients of the scalar <paramref name="loss"/> by each tensor of <paramref name="with"/>, which were watched before the loss was
    /// computed. They cannot be differentiated again; see <see cref="DifferentiableGradient"/>.</summary>
    /// <remarks>A tensor on which the loss does not depend has the gradient zero.</remarks>
    /// <exception cref="InvalidOperationException">An op on the way has no gradient; the message names it.</exception>
    public Tensor<T>[] Gradient(Tensor<T> loss, params IReadOnlyList<Tensor<T>> with)
    {
        bool before = isRecording;
        isRecording = false;
        try
        {
            return Differentiate(loss, with);
        }
        finally
        {
            isRecording = before;
        }
    }

    /// <summary>Like <see cref="Gradient"/>, but what it computes is recorded too, so that it can be differentiated again: the gradient of
    /// ⟨∇f, v⟩ is the product of the Hessian with v.</summary>
    public Tensor<T>[] DifferentiableGradient(Tensor<T> loss, params IReadOnlyList<Tensor<T>> with) => Differentiate(loss, with);

    Tensor<T>[] Differentiate(Tensor<T> loss, IReadOnlyList<Tensor<T>> with)
    {
        if (loss.Count != 1)
        {
            throw new ArgumentException($"A gradient is taken of a single number; the loss has shape {loss.Shape}.");
        }

        var influenced = new HashSet<Tensor<T>>(with);
        int end = nodes.Count;
        for (int i = 0; i < end; i++)
        {
            if (nodes[i].Inputs.Any(influenced.Contains))
            {
                _ = influenced.Add(nodes[i].Output);
            }
        }

        var gradients = new Dictionary<Tensor<T>, Tensor<T>> { [loss] = Constant(loss.Shape, 1) };
        for (int i = end - 1; i >= 0; i--)
        {
            // Copied: backward may record nodes of its own.
            var node = nodes[i];
            if (influenced.Contains(node.Output) && gradients.TryGetValue(node.Output, out var dy))
            {
                Propagate(node, dy, influenced, gradients);
            }
        }

        return [.. with.Select(x => gradients.TryGetValue(x, out var dx) ? dx : Arena.Allocate<T>(x.Shape))];
    }

    void Propagate(Node node, Tensor<T> dy, HashSet<Tensor<T>> influenced, Dictionary<Tensor<T>, Tensor<T>> gradients)
    {
        var backward = node.Backward ?? throw new InvalidOperationException(node.IsFinal
            ? "What Gradient computed cannot be differentiated again; take it from DifferentiableGradient."
            : $"{node.Name} has no gradient.");
        var functions = backward(node.Output, dy);
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            var input = node.Inputs[i];
            if (!influenced.Contains(input) || functions[i] is not { } function)
            {
                continue;
            }

            var dx = function();
            if (dx.Shape != input.Shape)
            {
                throw new InvalidOperationException($"{node.Name}: the gradient of input {i} has shape {dx.Shape}, the input {input.Shape}.");
            }

            gradients[input] = gradients.TryGetValue(input, out var sum) ? Add(sum, dx) : dx;
        }
    }
}
