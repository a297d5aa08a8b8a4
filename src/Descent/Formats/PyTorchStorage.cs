using System.IO.Compression;

namespace Descent.Formats;

/// <summary>Numbers of a PyTorch file that several tensors may look at.</summary>
/// <param name="element">Their type.</param>
/// <param name="entry">Holds their little-endian values. It is read when they are asked for: an optimizer's state in a checkpoint never is.</param>
sealed class PyTorchStorage(PyTorchElement element, ZipArchiveEntry entry)
{
    byte[]? bytes;

    public PyTorchElement Element => element;

    /// <summary>Bytes of all numbers.</summary>
    public long Length => entry.Length;

    public long Count => Length / element.Size;

    /// <exception cref="FormatException">The entry is packed or too large.</exception>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public byte[] Bytes => bytes ??= ZipEntries.ReadStored(entry);
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
        new("torch.IntStorage", sizeof(int), ElementType.Int32),
        new("torch.ByteStorage", sizeof(byte), ElementType.UInt8),
        new("torch.BoolStorage", sizeof(byte), ElementType.UInt8),
        new("torch.HalfStorage", NarrowFloat.Size, ElementType.Float32, NarrowFloat.Half),
        new("torch.BFloat16Storage", NarrowFloat.Size, ElementType.Float32, NarrowFloat.BFloat16),
    ];
}
