using System.IO.Compression;

namespace Descent.Formats;

/// <summary>Reads and writes NumPy's NPZ files: a ZIP archive with one NPY array an entry, as <c>numpy.savez</c> and <c>numpy.load</c> do.</summary>
/// <remarks>Little-endian numbers of the types of <see cref="ElementType"/>, and float16, which is read as float32; arrays by columns (NumPy's Fortran order) become
/// row-major. Nothing is allocated from a size before it was checked against the file's length.</remarks>
public static class NpzFile
{
    const string Suffix = ".npy";
    const long UnpackedAnyway = 1 << 26;

    /// <summary>Writes the file atomically (see <see cref="AtomicFile"/>), not packed; equal arrays give equal bytes.</summary>
    /// <exception cref="ArgumentException">Two arrays have one name.</exception>
    public static void Write(string path, IReadOnlyList<NamedArray> arrays) => AtomicFile.Write(path, stream => Write(stream, arrays));

    /// <summary>Writes into a stream; see <see cref="Write(string, IReadOnlyList{NamedArray})"/>.</summary>
    public static void Write(Stream stream, IReadOnlyList<NamedArray> arrays)
    {
        if (arrays.GroupBy(array => array.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two arrays are named \"{twice.Key}\".", nameof(arrays));
        }

        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var array in arrays)
        {
            using var content = ZipEntries.Create(archive, array.Name + Suffix);
            content.Write(NpyFormat.Header(array.Type, array.Shape));
            content.Write(array.Bytes.Span);
        }
    }

    /// <summary>Reads all arrays, in the order of the archive.</summary>
    /// <param name="mostPerByte">Bytes that a byte of the file may be unpacked to, over all arrays, beyond a first 64 MiB; the default is more than packing can do.</param>
    /// <exception cref="BadInputException">The file is missing, cut, corrupt, or holds an array that is not read here.</exception>
    public static IReadOnlyList<NamedArray> Read(string path, int mostPerByte = ZipEntries.LargestRatio)
    {
        using var stream = InputFile.Open(path, bufferSize: 1 << 12);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            ZipEntries.RequirePossibleSizes(archive, stream.Length);
            long unpacked = archive.Entries.Sum(entry => entry.Length), most = (stream.Length * mostPerByte) + UnpackedAnyway;
            if (unpacked > most)
            {
                throw new FormatException($"its arrays claim {unpacked} bytes unpacked, where {most} are allowed for weights in a file of {stream.Length} bytes");
            }

            return [.. archive.Entries.Select(ReadArray)];
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw new BadInputException($"{path} is not a valid NPZ file: {exception.Message.TrimEnd('.')}.", exception);
        }
        catch (IOException exception)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    static NamedArray ReadArray(ZipArchiveEntry entry)
    {
        string name = entry.FullName.EndsWith(Suffix, StringComparison.Ordinal) ? entry.FullName[..^Suffix.Length] : entry.FullName;
        try
        {
            using var content = entry.Open();
            var header = NpyFormat.ReadHeader(content);
            if (header.ValueBytes is not { } count || count != entry.Length - header.Bytes.Length)
            {
                throw new FormatException(
                    $"of type {header.Type} and shape {NamedArray.ShapeText(header.Shape)} has {entry.Length - header.Bytes.Length} bytes of values");
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>(count);
            content.ReadExactly(bytes);
            // ZipArchive reads past a wrong checksum without a word.
            return Crc32.Append(Crc32.Append(0, header.Bytes), bytes) == entry.Crc32
                ? new NamedArray(name, header.Type, header.Shape, header.InMemory(bytes)) : throw new InvalidDataException("The checksum differs.");
        }
        catch (FormatException exception)
        {
            throw new FormatException($"array \"{Excerpt.Of(name)}\" {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw new FormatException($"array \"{Excerpt.Of(name)}\" is cut or corrupt", exception);
        }
    }
}
