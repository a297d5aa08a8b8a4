using System.IO.Compression;

namespace Descent.Formats;

/// <summary>Reads state dicts that PyTorch wrote (<c>torch.save(model.state_dict(), "weights.pth")</c>) without running anything of them.</summary>
/// <remarks>A ZIP archive, not packed, as PyTorch writes it since version 1.6: a pickle <c>data.pkl</c> of names and tensors, and a file <c>data/0</c>, <c>data/1</c>, …
/// for each storage. Of the functions that a pickle may call, four data makers are known: ordered dictionaries, tensors, parameters, storages. Tensors may be strided or share a
/// storage. Float, double and long tensors are read as they are, half and bfloat16 ones as float32.</remarks>
public static class PyTorchFile
{
    // A tensor that repeats a number by stride 0 takes as much memory as it says, whatever the file's length is.
    const long CopiedPerByte = 16, CopiedAnyway = 1 << 24;

    // Of the pickle before the magic number a newer protocol takes some bytes more.
    const int OldStartBytes = 64;

    const string HowToSave = "In Python: torch.save(model.state_dict(), \"weights.pth\")";

    /// <summary>119547037146038801333356 as a pickle holds it.</summary>
    static ReadOnlySpan<byte> OldMagic => [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    /// <summary>Reads all tensors, in the order of the state dict.</summary>
    /// <exception cref="BadInputException">The file is missing, cut, of PyTorch's old format, or holds something else than tensors by name.</exception>
    public static IReadOnlyList<NamedArray> Read(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 1 << 12);
        RequireZip(path, stream);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            ZipEntries.RequirePossibleSizes(archive, stream.Length);
            return Arrays(new PyTorchArchive(archive).ReadPickle(), (stream.Length * CopiedPerByte) + CopiedAnyway);
        }
        catch (FormatException exception)
        {
            throw new BadInputException($"{path} is no state dict of PyTorch that can be read: it {exception.Message}. {HowToSave}", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new BadInputException($"{path} is cut or corrupt: {exception.Message.TrimEnd('.')}.", exception);
        }
        catch (IOException exception)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Whether a file has the form that torch.save wrote before version 1.6, and writes still where it is asked to: it begins with a pickle, of any protocol, of a magic number.</summary>
    /// <param name="start">Its first bytes.</param>
    internal static bool IsOldFormat(ReadOnlySpan<byte> start) =>
        start.Length > 0 && start[0] == 0x80 && start[..Math.Min(start.Length, OldStartBytes)].IndexOf(OldMagic) > 0;

    static void RequireZip(string path, FileStream stream)
    {
        Span<byte> start = stackalloc byte[OldStartBytes];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (start.StartsWith("PK\u0003\u0004"u8))
        {
            return;
        }

        throw new BadInputException(IsOldFormat(start)
            ? $"{path} has PyTorch's format from before version 1.6; save it anew in Python: "
                + $"torch.save(torch.load(\"{Path.GetFileName(path)}\", map_location=\"cpu\"), \"weights.pth\")"
            : $"{path} is no file of PyTorch: it does not begin as a ZIP archive.");
    }

    static List<NamedArray> Arrays(object? root, long mostCopied)
    {
        var state = root as PickleDictionary ?? throw new FormatException("holds no tensors by name");
        var arrays = new List<NamedArray>();
        var names = new HashSet<string>();
        foreach (var (key, value) in state.Pairs)
        {
            if (key is not string name || value is not PyTorchTensor tensor)
            {
                throw new FormatException($"has the entry \"{key}\", which is no tensor");
            }

            mostCopied -= tensor.IsCopied ? tensor.ByteCount : 0;
            if (!names.Add(name) || mostCopied < 0)
            {
                throw new FormatException(mostCopied < 0 ? "has tensors that repeat their numbers without end" : $"has two tensors named \"{name}\"");
            }

            arrays.Add(tensor.ToArray(name));
        }

        return arrays;
    }
}
