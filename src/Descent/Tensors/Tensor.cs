namespace Descent.Tensors;

/// <summary>Numbers in row-major order, without gaps, in the memory of an <see cref="Arena"/>.</summary>
/// <remarks>Images are [N, H, W, C]; a linear layer's weight is [out, in]. A tensor lives as long as its arena is neither reset nor disposed.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed unsafe class Tensor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    Tensor<T>? owner;
    Arena arena;

    internal Tensor(Arena arena, T* data, Shape shape, bool isTransient = false)
    {
        this.arena = arena;
        IsTransient = isTransient;
        Data = data;
        Shape = shape;
    }

    public Shape Shape { get; }

    public int Count => Shape.Count;

    /// <exception cref="ObjectDisposedException">The arena is gone.</exception>
    public Span<T> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(arena.IsDisposed, arena);
            return new Span<T>(Data, Count);
        }
    }

    /// <summary>The first element. Kernels read it when they run, not when they are recorded: it may move, see <see cref="MoveTo"/>.</summary>
    internal T* Data { get; private set; }

    /// <summary>The single number of a tensor of one element.</summary>
    public T Item => Count == 1 ? Span[0] : throw new InvalidOperationException($"Item needs one element, {Shape} has {Count}.");

    /// <summary>Whether other tensors lie on the same memory: this is a view, or views of it were made. Such a tensor cannot move alone.</summary>
    internal bool SharesMemory { get; private set; }

    /// <summary>The tensor that was made for the memory: this one, unless it is a view.</summary>
    internal Tensor<T> Owner => owner ?? this;

    /// <summary>Whether the memory is this tensor's own and transient.</summary>
    internal bool IsTransient { get; private set; }

    /// <summary>The same memory under another shape of the same number of elements.</summary>
    internal Tensor<T> View(Shape shape) => shape.Count == Count
        ? Share(Data, shape)
        : throw new ArgumentException($"reshape: {Shape} has {Count} elements, {shape} has {shape.Count}.");

    /// <summary>A part of the memory, from element <paramref name="start"/>.</summary>
    internal Tensor<T> Slice(int start, Shape shape) => start >= 0 && start <= Count - shape.Count
        ? Share(Data + start, shape)
        : throw new ArgumentException($"slice: {Shape} has no {shape.Count} elements from {start}.");

    /// <summary>Lets this tensor use the memory of <paramref name="other"/>, after copying its numbers there. What was recorded with this
    /// tensor writes there from now on: so a weight's gradient lands in the gradient buffer without a copy.</summary>
    /// <exception cref="InvalidOperationException">Other tensors lie on this one's memory; they would go stale.</exception>
    internal void MoveTo(Tensor<T> other)
    {
        if (SharesMemory)
        {
            throw new InvalidOperationException($"{this} shares its memory with other tensors and cannot move.");
        }

        Span.CopyTo(other.Span);
        if (IsTransient)
        {
            arena.Release(this);
            IsTransient = false;
        }

        arena = other.arena;
        Data = other.Data;
    }

    Tensor<T> Share(T* data, Shape shape)
    {
        SharesMemory = true;
        return new Tensor<T>(arena, data, shape) { SharesMemory = true, owner = Owner };
    }

    public override string ToString() => $"{typeof(T).Name}{Shape}";
}
