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

    const string HowToSave = "In Python: torch.save(model.state_dict(), \"weights.pth\")";

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
            throw new BadInputException($"{path} is cut or corrupt: {exception.Message}", exception);
        }
        catch (IOException exception)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    static void RequireZip(string path, FileStream stream)
    {
        Span<byte> start = stackalloc byte[4];
        int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        if (length == start.Length && start.SequenceEqual("PK\u0003\u0004"u8))
        {
            return;
        }

        // The old format begins with a pickle of protocol 2 that holds a magic number.
        throw new BadInputException(start[0] == 0x80 && start[1] == 0x02
            ? $"{path} has PyTorch's format from before version 1.6. Convert it in Python: torch.save(torch.load(\"{Path.GetFileName(path)}\", map_location=\"cpu\"), "
                + "\"weights.pth\")"
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
