namespace Descent.Tensors;

/// <summary>The class of each image of a batch [n], in the memory of an <see cref="Arena"/>; overwritten before every replay.</summary>
public sealed unsafe class Labels
{
    readonly Arena arena;
    readonly int* data;

    internal Labels(Arena arena, int* data, int count)
    {
        this.arena = arena;
        this.data = data;
        Count = count;
    }

    public int Count { get; }

    /// <exception cref="ObjectDisposedException">The arena is gone.</exception>
    public Span<int> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(arena.IsDisposed, arena);
            return new Span<int>(data, Count);
        }
    }
}
