using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Descent.Formats;

namespace Descent.Data;

/// <summary>Reads a file that may be packed by gzip; its first bytes tell, not its name.</summary>
sealed class PackedFile : IDisposable
{
    // Deflate packs at most 258 bytes into two bits.
    const long LargestRatio = 1032;
    const int TrailerBytes = 8;
    const int BlockBytes = 1 << 16;

    readonly string path;
    readonly FileStream file;
    readonly Stream content;

    PackedFile(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
        Span<byte> start = stackalloc byte[2];
        IsPacked = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start is [0x1F, 0x8B];
        file.Position = 0;
        content = IsPacked ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
    }

    public bool IsPacked { get; }

    /// <summary>No content is longer: the file's own length, or what gzip could unpack from it.</summary>
    public long LargestContent => IsPacked ? file.Length * LargestRatio : file.Length;

    /// <summary>The bytes of content that were read.</summary>
    public long Position { get; private set; }

    /// <exception cref="BadInputException">The file does not exist or cannot be opened.</exception>
    public static PackedFile Open(string path) => new(path, InputFile.Open(path, bufferSize: BlockBytes));

    /// <summary>Whether the unpacked content of a file has a digest.</summary>
    /// <exception cref="BadInputException">The file does not exist, cannot be opened, or is corrupt.</exception>
    public static bool HasContent(string path, FileDigest digest)
    {
        using var file = Open(path);
        using var hash = IncrementalHash.CreateHash(digest.Algorithm);
        byte[] block = new byte[BlockBytes];
        int count;
        while ((count = file.Read(block)) > 0)
        {
            hash.AppendData(block.AsSpan(0, count));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset()) == digest.Hex;
    }

    /// <summary>Fills as much of the span as there is content left, and returns the number of bytes.</summary>
    /// <exception cref="BadInputException">The packed data is corrupt.</exception>
    public int Read(Span<byte> destination)
    {
        try
        {
            int count = content.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
            Position += count;
            return count;
        }
        catch (Exception exception) when (exception is InvalidDataException || (IsPacked && exception is IOException))
        {
            throw new BadInputException($"{path} is a corrupt gzip file: it cannot be unpacked beyond byte {Position}.", exception);
        }
    }

    /// <summary>Requires, after all content was read, that the file ends there as gzip demands: GZipStream says nothing of a file that was cut.</summary>
    /// <exception cref="BadInputException">The last bytes of a packed file are not the length of its content.</exception>
    public void RequireWhole()
    {
        if (!IsPacked)
        {
            return;
        }

        Span<byte> length = stackalloc byte[sizeof(uint)];
        if (file.Length >= TrailerBytes)
        {
            file.Position = file.Length - length.Length;
            file.ReadExactly(length);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(length) != (uint)Position)
        {
            throw new BadInputException($"{path} is truncated or has bytes after its end: its last four bytes are not the length of its "
                + $"unpacked content, {Position} bytes.");
        }
    }

    public void Dispose()
    {
        content.Dispose();
        file.Dispose();
    }
}
