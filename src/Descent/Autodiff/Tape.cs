using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

/// <summary>Runs ops, remembers what they ran, and differentiates them.</summary>
/// <remarks>
/// Two things are kept. The <em>program</em> is every piece of work in the order in which it ran, on fixed memory: <see cref="Replay"/> runs it
/// again after the inputs were overwritten, without a single allocation. The <em>nodes</em> are the ops that lead from a watched tensor to
/// their output, each with its <see cref="Backward{T}"/>; gradients walk them in reverse and call ordinary ops, whose work joins the program.
/// So the tape of a training step is recorded once for a graph, a batch size and a mode, and replayed.
/// All memory comes from the tape's arena. A tape is used by one thread.
/// </remarks>
public sealed partial class Tape<T> : IRecorder, IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Executor executor;
    readonly List<Work> program = [];
    readonly List<(string Op, Shape Shape, int End)> ops = [];
    readonly List<Node> nodes = [];
    readonly HashSet<Tensor<T>> tracked = [];
    readonly HashSet<Tensor<T>> computed = [];

    // Outputs of the ops that the gradient under way has run, whose memory is not released yet.
    readonly List<Tensor<T>> passing = [];
    bool isRecording = true;

    /// <param name="executor">Runs the work; it belongs to the thread that uses the tape, and outlives it.</param>
    public Tape(Executor executor) => this.executor = executor;

    public Arena Arena { get; } = new();

    public int Threads => executor.Threads;

    /// <summary>Whether convolutions recorded from now on are summed tap by tap, without Winograd's transforms: slower for many channels, and nearer to
    /// the exact sum.</summary>
    public bool IsExact { get; init; }

    /// <summary>The number of pieces of work that a replay runs.</summary>
    public int ProgramLength => program.Count;

    /// <summary>The pieces of work that a replay runs, each with the op that it is for and the shape of that op's output. Where time goes, a profile shows by it.</summary>
    internal IEnumerable<(string Op, Shape Shape, Work Work)> Program
    {
        get
        {
            int op = 0;
            for (int i = 0; i < program.Count; i++)
            {
                while (op < ops.Count && ops[op].End <= i)
                {
                    op++;
                }

                yield return op < ops.Count ? (ops[op].Op, ops[op].Shape, program[i]) : ("copy", Shape.Scalar, program[i]);
            }
        }
    }

    /// <summary>A new zeroed tensor: an input that is overwritten before every replay, or a constant.</summary>
    public Tensor<T> Tensor(params ReadOnlySpan<int> sizes) => Arena.Allocate<T>(new Shape(sizes));

    /// <summary>A new tensor with the given numbers.</summary>
    public Tensor<T> Tensor(Shape shape, ReadOnlySpan<T> values)
    {
        var tensor = Arena.Allocate<T>(shape);
        values.CopyTo(tensor.Span);
        return values.Length == shape.Count ? tensor : throw new ArgumentException($"{shape} needs {shape.Count} numbers, got {values.Length}.");
    }

    /// <summary>A tensor of <paramref name="shape"/> whose elements are all <paramref name="value"/>.</summary>
    public Tensor<T> Constant(Shape shape, double value)
    {
        var tensor = Arena.Allocate<T>(shape);
        tensor.Span.Fill(T.CreateTruncating(value));
        return tensor;
    }

    /// <summary>New labels, to be overwritten before every replay.</summary>
    public Labels Labels(int count) => Arena.AllocateLabels(count);

    /// <summary>From now on, what is computed from <paramref name="tensor"/> can be differentiated by it.</summary>
    public void Watch(Tensor<T> tensor) => _ = tracked.Add(tensor);

    /// <summary>Runs everything again that has run on this tape, on the same memory. Allocates nothing.</summary>
    public void Replay()
    {
        foreach (var work in program)
        {
            executor.Run(work);
        }
    }

    /// <summary>Runs <paramref name="work"/> now and in every replay.</summary>
    public void Run(Work work)
    {
        executor.Run(work);
        program.Add(work);
    }

    /// <summary>Leaves <paramref name="work"/> for the replays. For what changes memory that outlives the step, such as running statistics: what runs while recording
    /// sees inputs that are no data.</summary>
    public void RunInReplays(Work work) => program.Add(work);

    /// <summary>Forgets the program and the nodes and takes all memory back; tensors of this tape must not be used any more.</summary>
    public void Reset()
    {
        program.Clear();
        ops.Clear();
        nodes.Clear();
        tracked.Clear();
        computed.Clear();
        Arena.Reset();
    }

    public void Dispose() => Arena.Dispose();

    /// <summary>Notes that <paramref name="y"/> was computed from <paramref name="inputs"/> by the op <paramref name="name"/>.</summary>
    /// <param name="backward">Null for an op that has no gradient: asking for one throws and names the op.</param>
    internal Tensor<T> Record(string name, Tensor<T> y, ReadOnlySpan<Tensor<T>> inputs, Backward<T>? backward)
    {
        _ = computed.Add(y);
        ops.Add((name, y.Shape, program.Count));
        if (IsAnyTracked(inputs))
        {
            // What Gradient computes is noted too, so that a derivative through it throws instead of being zero.
            _ = tracked.Add(y);
            nodes.Add(new Node(name, y, inputs.ToArray(), isRecording ? backward : null, IsFinal: !isRecording));
        }

        return y;
    }

    bool IsAnyTracked(ReadOnlySpan<Tensor<T>> inputs)
    {
        foreach (var input in inputs)
        {
            if (tracked.Contains(input))
            {
                return true;
            }
        }

        return false;
    }

    Tensor<T> Like(Tensor<T> x) => Output(x.Shape);

    /// <summary>A new tensor for what an op writes whole in every run; its content is undefined. What is made once and read in every replay belongs on the arena's
    /// lasting memory: that of an output is used again once nothing refers to it.</summary>
    Tensor<T> Output(Shape shape)
    {
        var tensor = Arena.AllocateTransient<T>(shape);
        if (!isRecording)
        {
            passing.Add(tensor);
        }

        return tensor;
    }


    readonly record struct Node(string Name, Tensor<T> Output, Tensor<T>[] Inputs, Backward<T>? Backward, bool IsFinal);
}
