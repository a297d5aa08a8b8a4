using System.Numerics;
using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

/// <summary>A row of the catalog on a tape of its own: inputs, output, and the gradients of a weighted sum of the output.</summary>
sealed class OpRun<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Tape<T> tape;
    readonly OpCase row;
    readonly Tensor<T>[] inputs;
    readonly Labels? labels;

    public OpRun(Executor executor, OpCase row, int draw, bool isDifferentiable = false, bool isRounded = false)
    {
        this.row = row;
        tape = new Tape<T>(executor);
        inputs = [.. row.Shapes.Select(shape => tape.Tensor(shape))];
        labels = Labels(tape, row, draw);
        Load(draw, isRounded);
        foreach (var input in inputs)
        {
            tape.Watch(input);
        }

        Output = row.Invoke(tape, inputs, labels);
        var loss = GradientCheck.Project(tape, [Output], GradientCheck.Direction([Output.Shape.ToArray()], number: 9));
        Gradients = isDifferentiable ? tape.DifferentiableGradient(loss, inputs) : tape.Gradient(loss, inputs);
    }

    public Tensor<T> Output { get; }

    public Tensor<T>[] Gradients { get; }

    public static Labels? Labels(Tape<T> tape, OpCase row, int draw)
    {
        if (row.Labels(draw) is not { } classes)
        {
            return null;
        }

        var labels = tape.Labels(classes.Length);
        classes.CopyTo(labels.Span);
        return labels;
    }

    /// <summary>Overwrites the inputs, spoils what the ops have written before, and runs the program again.</summary>
    public void Replay(int draw)
    {
        bool isView = row.Op == "reshape";
        if (!isView)
        {
            Output.Span.Fill(T.NaN);
        }

        tape.Arena.PoisonTransient();

        Load(draw, isRounded: false);
        row.Labels(draw)?.CopyTo(labels!.Span);
        tape.Replay();
    }

    /// <summary>Runs the program again on the same inputs.</summary>
    public void Replay() => tape.Replay();

    public void Dispose() => tape.Dispose();

    void Load(int draw, bool isRounded)
    {
        foreach (var (tensor, values) in inputs.Zip(row.Inputs(draw)))
        {
            for (int i = 0; i < values.Length; i++)
            {
                tensor.Span[i] = T.CreateTruncating(isRounded ? (float)values[i] : values[i]);
            }
        }
    }
}
