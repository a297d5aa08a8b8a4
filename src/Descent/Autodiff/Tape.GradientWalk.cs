using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>One walk over the nodes in reverse, from a loss to the tensors whose gradients are wanted.</summary>
    sealed class GradientWalk
    {
        readonly Tape<T> tape;
        readonly IReadOnlyList<Tensor<T>> with;
        readonly Dictionary<Tensor<T>, Tensor<T>> gradients, homes;
        readonly HashSet<Tensor<T>> influenced, wanted;

        // How many nodes ahead still add to the gradient by a tensor.
        readonly Dictionary<Tensor<T>, int> uses = [];
        readonly int end;

        public GradientWalk(Tape<T> tape, Tensor<T> loss, IReadOnlyList<Tensor<T>> with, Dictionary<Tensor<T>, Tensor<T>> homes)
        {
            if (loss.Count != 1)
            {
                throw new ArgumentException($"A gradient is taken of a single number; the loss has shape {loss.Shape}.");
            }

            (this.tape, this.with, this.homes) = (tape, with, homes);
            (influenced, wanted) = ([.. with], [.. with]);
            gradients = new() { [loss] = tape.Constant(loss.Shape, 1) };
            end = tape.nodes.Count;
        }

        public Tensor<T>[] Run()
        {
            foreach (var node in tape.nodes.Where(node => node.Inputs.Any(influenced.Contains)))
            {
                _ = influenced.Add(node.Output);
                foreach (var input in node.Inputs)
                {
                    uses[input] = uses.GetValueOrDefault(input) + 1;
                }
            }

            for (int i = end - 1; i >= 0; i--)
            {
                // Copied: backward may record nodes of its own.
                var node = tape.nodes[i];
                if (influenced.Contains(node.Output) && gradients.TryGetValue(node.Output, out var dy))
                {
                    Propagate(node, dy);
                    Forget(node);
                }
            }

            return [.. with.Select(x => gradients.TryGetValue(x, out var dx) ? dx : tape.Arena.Allocate<T>(x.Shape))];
        }

        void Propagate(Node node, Tensor<T> dy)
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

                gradients[input] = gradients.TryGetValue(input, out var sum) ? tape.Add(sum, dx) : dx;
            }
        }

        /// <summary>Lets go of what a node that is done with has left behind; gradients that are complete go to their homes.</summary>
        void Forget(Node node)
        {
            foreach (var input in node.Inputs)
            {
                if (--uses[input] == 0 && homes.TryGetValue(input, out var home) && gradients.TryGetValue(input, out var dx) && tape.TryMove(dx, home))
                {
                    _ = homes.Remove(input);
                }
            }

            if (!wanted.Contains(node.Output))
            {
                _ = gradients.Remove(node.Output);
            }

            if (!tape.isRecording)
            {
                tape.ReleasePassing(gradients.Values);
            }
        }
    }
}
