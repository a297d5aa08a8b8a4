namespace Descent.Formats;

/// <summary>Numbers of a PyTorch file that several tensors may look at.</summary>
/// <param name="Element">Their type.</param>
/// <param name="Bytes">Their little-endian values.</param>
sealed record PyTorchStorage(PyTorchElement Element, byte[] Bytes)
{
    public int Count => Bytes.Length / Element.Size;
}

/// <summary>A type of numbers in PyTorch's files, and the one that it is read as.</summary>
/// <param name="Storage">The name of PyTorch's class.</param>
/// <param name="Size">Bytes in the file.</param>
/// <param name="ReadAs">Holds every value of the type exactly.</param>
/// <param name="Narrow">How values are widened when they are read, where they are.</param>
sealed record PyTorchElement(string Storage, int Size, ElementType ReadAs, NarrowFloat? Narrow = null)
{
    public static IReadOnlyList<PyTorchElement> All { get; } =
    [
        new("torch.FloatStorage", sizeof(float), ElementType.Float32),
        new("torch.DoubleStorage", sizeof(double), ElementType.Float64),
        new("torch.LongStorage", sizeof(long), ElementType.Int64),
        new("torch.HalfStorage", NarrowFloat.Size, ElementType.Float32, NarrowFloat.Half),
        new("torch.BFloat16Storage", NarrowFloat.Size, ElementType.Float32, NarrowFloat.BFloat16),
    ];
}
