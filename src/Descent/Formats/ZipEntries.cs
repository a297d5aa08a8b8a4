using System.IO.Compression;

namespace Descent.Formats;

/// <summary>Entries of ZIP archives: written without packing or a clock, read with the checks that .NET leaves out.</summary>
static class ZipEntries
{
    /// <summary>Deflate packs at most 258 bytes into two bits.</summary>
    public const int LargestRatio = 1032;

    // The first time that ZIP can hold; a clock reading would make equal files differ.
    static readonly DateTimeOffset entryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A new entry that is not packed, to write to and to close before the next.</summary>
    public static Stream Create(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = entryTime;
        return entry.Open();
    }

    /// <summary>Requires that all entries fit into the file side by side, and that none claims more content than it could be unpacked to.</summary>
    /// <exception cref="InvalidDataException">They do not; with a clause that says so.</exception>
    public static void RequirePossibleSizes(ZipArchive archive, long fileLength)
    {
        long packed = 0;
        foreach (var entry in archive.Entries)
        {
            packed = entry.CompressedLength <= fileLength - packed ? packed + entry.CompressedLength : throw new InvalidDataException(
                $"its entries claim more than the {fileLength} bytes of the file");
            if (entry.Length > entry.CompressedLength * (long)LargestRatio)
            {
                throw new InvalidDataException($"its entry \"{Excerpt.Of(entry.FullName)}\" claims {entry.Length} bytes out of {entry.CompressedLength} packed ones");
            }
        }
    }

    /// <summary>The content of an entry that is not packed, so that it is no longer than the file, with the right checksum: ZipArchive reads past a wrong one
    /// without a word.</summary>
    /// <exception cref="FormatException">It is packed or too large; with the end of a sentence about the file.</exception>
    /// <exception cref="InvalidDataException">It is damaged; with a clause that says so.</exception>
    public static byte[] ReadStored(ZipArchiveEntry entry)
    {
        if (entry.Length != entry.CompressedLength || entry.Length > Array.MaxLength)
        {
            throw new FormatException($"has the entry \"{Excerpt.Of(entry.FullName)}\" {(entry.Length > Array.MaxLength ? "of more than 2 GiB" : "packed, where PyTorch packs nothing")}");
        }

        try
        {
            using var content = entry.Open();
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)entry.Length);
            content.ReadExactly(bytes);
            return Crc32.Append(0, bytes) == entry.Crc32 ? bytes : throw new InvalidDataException("The checksum differs.");
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"its entry \"{Excerpt.Of(entry.FullName)}\" ends early or differs from its checksum", exception);
        }
    }
}
