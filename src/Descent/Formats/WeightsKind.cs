using System.IO.Compression;

namespace Descent.Formats;

/// <summary>The kinds of files that weights are read from.</summary>
enum WeightsKind
{
    SafeTensors,
    Npz,
    PyTorch,
}

/// <summary>Tells the kind of a file by its content: <c>.pth</c>, <c>.pt</c>, <c>.bin</c> and <c>.ckpt</c> all name the same, and some of them other things too.</summary>
static class WeightsKinds
{
    const int StartBytes = 128;

    const string SafeTensorsExtension = ".safetensors", NpzExtension = ".npz";

    /// <exception cref="BadInputException">The file is missing, empty, or of no kind that is read; the message says what it is where that is seen.</exception>
    public static WeightsKind Of(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 1 << 12);
        Span<byte> start = stackalloc byte[StartBytes];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        return start.IsEmpty ? throw new BadInputException($"{path} is an empty file, no {Expected(path)}.")
            : start.StartsWith("PK"u8) ? OfArchive(path, stream)
            : PyTorchFile.IsOldFormat(start) ? WeightsKind.PyTorch
            : IsSafeTensors(path, start) ? WeightsKind.SafeTensors
            : throw new BadInputException($"{path} {NoKind(start)}");
    }

    /// <summary>What a file should be by its name.</summary>
    static string Expected(string path) => Path.GetExtension(path) switch
    {
        SafeTensorsExtension => "safetensors file",
        NpzExtension => "NPZ file",
        ".pth" or ".pt" or ".bin" or ".ckpt" => "state dict of PyTorch",
        _ => "weights as safetensors, NPZ or a state dict of PyTorch",
    };

    /// <summary>The header of safetensors is an object of JSON behind eight bytes of length.</summary>
    static bool IsSafeTensors(string path, ReadOnlySpan<byte> start) =>
        (start.Length > sizeof(ulong) && start[sizeof(ulong)] == '{') || Path.GetExtension(path) == SafeTensorsExtension;

    static WeightsKind OfArchive(string path, Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            return archive.Entries.Any(entry => entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)) ? WeightsKind.PyTorch
                : archive.Entries.Any(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)) ? WeightsKind.Npz
                : throw new BadInputException($"{path} is a ZIP archive with neither a state dict of PyTorch (data.pkl) nor arrays of NumPy (.npy) in it.");
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Not even a directory: the reader says so.
            return Path.GetExtension(path) == NpzExtension ? WeightsKind.Npz : WeightsKind.PyTorch;
        }
    }

    static string NoKind(ReadOnlySpan<byte> start) =>
        start.StartsWith("version https://git-lfs"u8) ? "is a pointer of Git LFS in place of the weights: fetch them with git lfs pull."
        : start.StartsWith(NpyFormat.Magic) ? "is a single array without a name; weights have names: numpy.savez(\"weights.npz\", **arrays)."
        : start[0] == 0x80 ? "is a Python pickle, of which nothing is run here; weights are saved by torch.save(model.state_dict(), \"weights.pth\") "
            + "or numpy.savez(\"weights.npz\", **arrays)."
        : "is of no kind that weights are read from: safetensors, NPZ, or a state dict that torch.save wrote.";
}
