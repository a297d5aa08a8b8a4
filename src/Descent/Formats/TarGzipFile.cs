using System.IO.Compression;
using System.Text;

namespace Descent.Formats;

/// <summary>Reads members of a tar archive that is packed by gzip, without unpacking it to the disk.</summary>
/// <remarks>A header of 512 bytes (name 100 bytes from 0, size 12 octal digits from 124, checksum 8 from 148, type at 156), the content, zeros up to a multiple of
/// 512. Headers of other types than files (folders, links, extensions of POSIX and GNU) are passed over. Format: POSIX.1-1988, ustar. Not by .NET's TarReader: that
/// one allocates whatever an extended header claims, up to 2 GiB, before it has seen it.</remarks>
static class TarGzipFile
{
    const int BlockBytes = 512, NameBytes = 100, SizeStart = 124, SizeBytes = 12, ChecksumStart = 148, ChecksumBytes = 8, TypeStart = 156;

    /// <summary>Hands the files of some names over, in the archive's order: name, content, and how long the content claims to be. Stops behind the last of them.</summary>
    /// <param name="names">Whole names, as <c>folder/file</c>.</param>
    /// <param name="read">Reads exactly the content; checks its length before it allocates from it. A <see cref="FormatException"/> of it ends a sentence about the
    /// member.</param>
    /// <exception cref="BadInputException">The archive is missing, cut, corrupt, or lacks a member.</exception>
    public static void Read(string path, IReadOnlyCollection<string> names, Action<string, Stream, long> read)
    {
        var missing = names.ToList();
        using var file = InputFile.Open(path, bufferSize: 1 << 16);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        try
        {
            byte[] block = new byte[BlockBytes];
            while (missing.Count > 0 && ReadHeader(unpacked, block) is var (name, isFile, length))
            {
                if (isFile && missing.Remove(name))
                {
                    ReadMember(name, unpacked, length, read);
                    Skip(unpacked, Padded(length) - length, block);
                }
                else
                {
                    Skip(unpacked, Padded(length), block);
                }
            }
        }
        catch (FormatException exception)
        {
            throw new BadInputException($"{path} is not as published: {exception.Message}.", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new BadInputException($"{path} is a cut or corrupt tar.gz archive.", exception);
        }
        catch (IOException exception)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }

        if (missing.Count > 0)
        {
            throw new BadInputException($"{path} has no member {string.Join(", ", missing)}.");
        }
    }

    /// <summary>The next header, or null at the end of the archive.</summary>
    static (string Name, bool IsFile, long Length)? ReadHeader(Stream stream, byte[] block)
    {
        stream.ReadExactly(block);
        if (!block.AsSpan().ContainsAnyExcept((byte)0))
        {
            return null;
        }

        // The checksum counts its own field as blanks.
        int sum = block.Sum(value => value) - block.AsSpan(ChecksumStart, ChecksumBytes).ToArray().Sum(value => value) + (ChecksumBytes * ' ');
        if (Octal(block.AsSpan(ChecksumStart, ChecksumBytes)) != sum)
        {
            throw new InvalidDataException("A header's checksum differs.");
        }

        string name = Encoding.UTF8.GetString(block.AsSpan(0, NameBytes)).TrimEnd('\0');
        long length = Octal(block.AsSpan(SizeStart, SizeBytes)) ?? throw new InvalidDataException("A header has no size.");
        return (name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name, block[TypeStart] is 0 or (byte)'0', length);
    }

    static long? Octal(ReadOnlySpan<byte> digits)
    {
        long value = 0;
        foreach (byte digit in digits.Trim(" \0"u8))
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            // Twelve digits at most, so below 2³⁶.
            value = (value * 8) + (digit - '0');
        }

        return value;
    }

    static void ReadMember(string name, Stream content, long length, Action<string, Stream, long> read)
    {
        try
        {
            read(name, content, length);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{name} {exception.Message}", exception);
        }
    }

    static long Padded(long length) => (length + BlockBytes - 1) / BlockBytes * BlockBytes;

    static void Skip(Stream stream, long count, byte[] block)
    {
        for (; count > 0; count -= Math.Min(count, block.Length))
        {
            stream.ReadExactly(block, 0, (int)Math.Min(count, block.Length));
        }
    }
}
