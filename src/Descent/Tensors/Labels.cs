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

    /// <summary>The label of an image, checked against the number of classes: a wrong one would write beside its row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the classes.</exception>
    internal int Checked(string op, int image, int classes) => (uint)Span[image] < (uint)classes
        ? Span[image]
        : throw new ArgumentOutOfRangeException(nameof(image), $"{op}: label {Span[image]} is none of {classes} classes.");
}
