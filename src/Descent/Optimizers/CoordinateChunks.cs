using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>Where the operands of a coordinate-wise formula lie, chunk by chunk: contiguous runs of parameters cut by their lengths
/// alone.</summary>
static unsafe class CoordinateChunks
{
    const int MostElements = 1 << 16;

    /// <summary>Chunks over the given parameters, which lie in the model's order, and over these states of them.</summary>
    public static CoordinateChunk<T>[] Of<T>(IReadOnlyList<StepParameter<T>> parameters, params ReadOnlySpan<string> states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var chunks = new List<CoordinateChunk<T>>();
        for (int first = 0, end; first < parameters.Count; first = end)
        {
            long count = parameters[first].Value.Count;
            for (end = first + 1; end < parameters.Count && parameters[first].Slot.Start + count == parameters[end].Slot.Start; end++)
            {
                count += parameters[end].Value.Count;
            }

            var head = parameters[first];
            Add(chunks, MostElements, (int)count, head.Value.Data, head.Gradient.Data, State(parameters, first, end, states, 0),
                State(parameters, first, end, states, 1), State(parameters, first, end, states, 2), State(parameters, first, end, states, 3));
        }

        return [.. chunks];
    }

    /// <summary>Chunks over vectors of one space, those of the space itself: p, g, then states.</summary>
    public static CoordinateChunk<T>[] Of<T>(ParameterVector<T> p, ParameterVector<T> g, params ParameterVector<T>[] states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. p.Parts.SelectMany((part, i) => Of(ParameterSpace<T>.ChunkLength, part, g.Parts[i], [.. states.Select(state => state.Parts[i])]))];

    /// <summary>Chunks over whole tensors of equal length.</summary>
    public static CoordinateChunk<T>[] Of<T>(Tensor<T> p, Tensor<T> g, params ReadOnlySpan<Tensor<T>> states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Of(MostElements, p, g, states);

    static CoordinateChunk<T>[] Of<T>(int length, Tensor<T> p, Tensor<T> g, ReadOnlySpan<Tensor<T>> states)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var operand in (ReadOnlySpan<Tensor<T>>)[g, .. states])
        {
            if (operand.Count != p.Count)
            {
                throw new ArgumentException($"A coordinate-wise formula needs operands of one length, got {p.Shape} and {operand.Shape}.");
            }
        }

        var chunks = new List<CoordinateChunk<T>>();
        Add(chunks, length, p.Count, p.Data, g.Data, states.Length > 0 ? states[0].Data : null, states.Length > 1 ? states[1].Data : null,
            states.Length > 2 ? states[2].Data : null, states.Length > 3 ? states[3].Data : null);
        return [.. chunks];
    }

    static void Add<T>(List<CoordinateChunk<T>> chunks, int length, int count, T* p, T* g, T* s0, T* s1, T* s2, T* s3) where T : unmanaged
    {
        var whole = new CoordinateChunk<T> { P = p, G = g, S0 = s0, S1 = s1, S2 = s2, S3 = s3, Count = count };
        for (int start = 0; start < count; start += length)
        {
            var rest = whole.From(start);
            chunks.Add(rest with { Count = Math.Min(length, rest.Count) });
        }
    }

    /// <summary>The start of a state over a run of parameters; its parts lie one after another, as the parameters do.</summary>
    static T* State<T>(IReadOnlyList<StepParameter<T>> parameters, int first, int end, ReadOnlySpan<string> states, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (index >= states.Length)
        {
            return null;
        }

        for (int i = first; i < end; i++)
        {
            var part = parameters[i].State(states[index]);
            if (part.Count != parameters[i].Value.Count)
            {
                throw new ArgumentException(
                    $"A coordinate-wise formula needs states as long as the parameters; {states[index]} of {parameters[i].Info.Name} is {part.Shape}.");
            }
        }

        return parameters[first].State(states[index]).Data;
    }
}

/// <summary>A run of elements of a parameter, its gradient and up to four states. What a formula has not is null.</summary>
unsafe struct CoordinateChunk<T> where T : unmanaged
{
    public T* P;
    public T* G;
    public T* S0;
    public T* S1;
    public T* S2;
    public T* S3;
    public int Count;

    /// <summary>The elements from <paramref name="start"/> on.</summary>
    public readonly CoordinateChunk<T> From(int start) => new()
    {
        P = P + start,
        G = G + start,
        S0 = S0 is null ? null : S0 + start,
        S1 = S1 is null ? null : S1 + start,
        S2 = S2 is null ? null : S2 + start,
        S3 = S3 is null ? null : S3 + start,
        Count = Count - start,
    };
}
