using System.IO.Compression;

namespace Descent.Formats;

/// <summary>Writes state dicts for PyTorch, and reads those that it wrote (<c>torch.save(model.state_dict(), "weights.pth")</c>, or such a dictionary as one value of a checkpoint's) without running
/// anything of them.</summary>
/// <remarks>A ZIP archive, not packed, as PyTorch writes it since version 1.6: a pickle <c>data.pkl</c> of names and tensors, and a file <c>data/0</c>, <c>data/1</c>, …
/// for each storage. What a pickle may name, <see cref="PyTorchVocabulary"/> says. Tensors may be strided or share a
/// storage. Float, double, long, int and byte tensors are read as they are, half and bfloat16 ones as float32.</remarks>
public static class PyTorchFile
{
    // A tensor that repeats a number by stride 0 takes as much memory as it says, whatever the file's length is.
    const long CopiedPerByte = 16, CopiedAnyway = 1 << 24;

    // Of the pickle before the magic number a newer protocol takes some bytes more.
    const int OldStartBytes = 64;

    const string HowToSave = "torch.save(model.state_dict(), \"weights.pth\")";

    /// <summary>119547037146038801333356 as a pickle holds it.</summary>
    static ReadOnlySpan<byte> OldMagic => [0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    /// <summary>Writes the file atomically (see <see cref="AtomicFile"/>), for <c>torch.load</c>; equal arrays give equal bytes.</summary>
    /// <exception cref="ArgumentException">Two arrays have one name.</exception>
    public static void Write(string path, IReadOnlyList<NamedArray> arrays) => AtomicFile.Write(path, stream => PyTorchWriter.Write(stream, arrays));

    /// <summary>Reads all tensors of the state dict, in its order.</summary>
    /// <exception cref="BadInputException">The file is missing, cut, of PyTorch's old format, or holds no state dict or several.</exception>
    public static WeightsContent Read(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 1 << 12);
        RequireZip(path, stream);
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            ZipEntries.RequirePossibleSizes(archive, stream.Length);
            var state = PyTorchStateDict.In(new PyTorchArchive(archive).ReadPickle());
            return new(state.Key is { } key ? $"{path} (\"{Excerpt.Of(key)}\")" : path, Arrays(state, (stream.Length * CopiedPerByte) + CopiedAnyway));
        }
        catch (FormatException exception)
        {
            string code = exception is PyTorchFormatException { HowToSave: { } other } ? other : HowToSave;
            string file = $"\"{Path.GetFileName(path)}\"";
            throw new BadInputException(
                $"{path} is no state dict of PyTorch that can be read: it {Told(exception)}; save one in Python: {code.Replace("FILE", file, StringComparison.Ordinal)}", exception);
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

    static List<NamedArray> Arrays(PyTorchStateDict state, long mostCopied)
    {
        var arrays = new List<NamedArray>();
        foreach (var (name, tensor) in state.Tensors)
        {
            mostCopied -= tensor.IsCopied ? tensor.ByteCount : 0;
            arrays.Add(mostCopied >= 0 ? tensor.ToArray(name) : throw new FormatException("has tensors that repeat their numbers without end"));
        }

        return arrays;
    }

    static string Told(FormatException exception) => exception is UnknownPickleNameException { IsWhole: true } unknown
        ? $"holds one object of \"{unknown.Name}\", as a whole model is, and nothing is run here" : exception.Message;
}
