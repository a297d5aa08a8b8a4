namespace Descent.Tensors;

/// <summary>Memory that one op needs while it runs: packed panels, private sums. Disposed when the op's work is recorded; the next op may then use it again.</summary>
/// <remarks>Each run of the op must write it before reading it. What is made once and read in every replay (zero borders, tables of offsets) does not belong
/// here: another op would overwrite it.</remarks>
sealed unsafe class Scratch(Arena arena) : IDisposable
{
    readonly List<nint> pieces = [];

    /// <summary>The arena, for what must outlast the op.</summary>
    public Arena Arena => arena;

    /// <summary>Room for <paramref name="count"/> elements; its content is undefined in every run.</summary>
    public T* Take<T>(long count) where T : unmanaged
    {
        var memory = arena.TakeTransient(count * sizeof(T));
        pieces.Add((nint)memory);
        return (T*)memory;
    }

    /// <summary>A tensor whose content is undefined in every run.</summary>
    public Tensor<T> Tensor<T>(Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(arena, Take<T>(shape.Count), shape);

    public void Dispose()
    {
        foreach (nint piece in pieces)
        {
            arena.ReleaseTransient((void*)piece);
        }

        pieces.Clear();
    }
}
