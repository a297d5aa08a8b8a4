using System.Buffers.Binary;

namespace Descent.Data;

/// <summary>The values of an IDX file and their sizes, slowest first.</summary>
public sealed record IdxArray(IReadOnlyList<int> Sizes, byte[] Values);

/// <summary>Reads files of unsigned bytes in the IDX format, plain or packed by gzip (seen by content, not by name).</summary>
/// <remarks>Two zero bytes, the type (0x08: unsigned byte), the number of dimensions, each size as 4 bytes big-endian, then the values, row-major.
/// Format: http://yann.lecun.com/exdb/mnist. Sizes are checked against the length of the file before anything is allocated.</remarks>
public static class IdxFile
{
    const int MagicBytes = 4;
    const byte UnsignedByte = 0x08;

    static readonly Dictionary<byte, string> OtherTypes = new()
    {
        [0x09] = "signed bytes",
        [0x0B] = "16-bit integers",
        [0x0C] = "32-bit integers",
        [0x0D] = "32-bit floats",
        [0x0E] = "64-bit floats",
    };

    /// <summary>Reads an array of a known number of dimensions.</summary>
    /// <exception cref="BadInputException">The file is missing, cut, corrupt, too long, of another type or of other dimensions.</exception>
    public static IdxArray Read(string path, int dimensions)
    {
        using var file = PackedFile.Open(path);
        int[] sizes = ReadHeader(path, file, dimensions);
        long count = Count(path, sizes, file.LargestContent - file.Position);
        byte[] values = GC.AllocateUninitializedArray<byte>((int)count);
        int read = file.Read(values);
        if (read < count)
        {
            throw Truncated(path, sizes, count, read);
        }

        Span<byte> extra = stackalloc byte[1];
        if (file.Read(extra) > 0)
        {
            throw new BadInputException($"{path} has bytes after the {Product(sizes)} = {count} values that its header claims.");
        }

        file.RequireWhole();
        return new IdxArray(sizes, values);
    }

    static int[] ReadHeader(string path, PackedFile file, int dimensions)
    {
        Span<byte> magic = stackalloc byte[MagicBytes];
        int length = file.Read(magic);
        if (length < MagicBytes)
        {
            throw new BadInputException($"{path} is truncated: {length} bytes of content are too few for an IDX header.");
        }

        if (magic[0] != 0 || magic[1] != 0 || (magic[2] != UnsignedByte && !OtherTypes.ContainsKey(magic[2])))
        {
            throw new BadInputException($"{path} is not an IDX file: its first bytes are {Convert.ToHexString(magic)}, "
                + $"expected is {UnsignedByte:X6}{dimensions:X2}.");
        }

        if (magic[2] != UnsignedByte)
        {
            throw new BadInputException($"{path} holds {OtherTypes[magic[2]]} (IDX type {magic[2]:X2}); expected are unsigned bytes (08).");
        }

        if (magic[3] != dimensions)
        {
            throw new BadInputException($"{path} has {magic[3]} dimensions, expected are {dimensions}.");
        }

        Span<byte> sizes = stackalloc byte[sizeof(uint) * dimensions];
        if (file.Read(sizes) < sizes.Length)
        {
            throw new BadInputException($"{path} is truncated: it ends inside its IDX header.");
        }

        int[] result = new int[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(sizes[(i * sizeof(uint))..]);
            result[i] = size <= int.MaxValue ? (int)size : throw new BadInputException($"{path} claims {size} entries in dimension {i}.");
        }

        return result;
    }

    static long Count(string path, int[] sizes, long available)
    {
        long count = 1;
        foreach (int size in sizes)
        {
            // Below 2³¹ before the factor, so below 2⁶² after it.
            count *= size;
            if (count > Math.Min(available, Array.MaxLength))
            {
                throw Truncated(path, sizes, null, available);
            }
        }

        return count;
    }

    static BadInputException Truncated(string path, int[] sizes, long? count, long available) => new(
        $"{path} is truncated: its header claims {Product(sizes)}{(count is null ? "" : $" = {count}")} values, the file has "
        + $"{(count is null ? "at most " : "")}{available}.");

    static string Product(int[] sizes) => string.Join(" × ", sizes);
}
