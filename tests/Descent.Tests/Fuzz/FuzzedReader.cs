using System.Buffers.Binary;
using System.IO.Compression;
using Descent.Data;
using Descent.Data.Own;
using Descent.Formats;
using Descent.Tests.Data;

namespace Descent.Tests.Fuzz;

/// <summary>A reader of files from elsewhere, and valid inputs to begin with.</summary>
/// <param name="Name">What the test is called.</param>
/// <param name="Inputs">What is damaged: whole files, or what lies inside of them.</param>
/// <param name="Pack">From a damaged input to the file; checksums are right again, so that damage is met behind them.</param>
/// <param name="Read">Reads the file at a path.</param>
sealed record FuzzedReader(string Name, IReadOnlyList<byte[]> Inputs, Func<byte[], byte[]> Pack, Action<string> Read)
{
    const string Own = "Workloads/Own/Golden/";

    public static IReadOnlyList<FuzzedReader> All { get; } =
    [
        new("safetensors", [SafeTensors()], bytes => bytes, path => SafeTensorsFile.Read(path)),
        new("npz", [Golden("Formats/Golden/model.npz"), Golden("Formats/Golden/strided.npz"), Golden("Formats/Golden/halves-and-columns.npz")], bytes => bytes, path => NpzFile.Read(path)),
        new("npy inside npz", [.. Entries("Formats/Golden/strided.npz", ".npy"), .. Entries("Formats/Golden/halves-and-columns.npz", ".npy")], bytes => Zip(("x.npy", bytes)), path => NpzFile.Read(path)),
        new("pth", [Golden("Formats/Golden/model.pth"), Golden("Formats/Golden/strided.pth"), Golden("Formats/Golden/module.pth"), Golden("Formats/Golden/run.pth")], bytes => bytes,
            path => PyTorchFile.Read(path)),
        new("pickle inside pth", Entries("Formats/Golden/strided.pth", "data.pkl"),
            bytes => Zip([("strided/data.pkl", bytes), .. Storages("Formats/Golden/strided.pth")]), path => PyTorchFile.Read(path)),
        new("checkpoint's pickle inside pth", Entries("Formats/Golden/run.pth", "data.pkl"),
            bytes => Zip([("run/data.pkl", bytes), .. Storages("Formats/Golden/run.pth")]), path => PyTorchFile.Read(path)),
        new("pickle of bytes", CifarPickles(), bytes => bytes, ReadPickle),
        new("idx", [IdxBytes.Of([3, 4, 5], new byte[60])], bytes => bytes, path => IdxFile.Read(path, dimensions: 3)),
        new("idx.gz", [IdxBytes.Gzip(IdxBytes.Of([3, 4, 5], new byte[60]))], bytes => bytes, path => IdxFile.Read(path, dimensions: 3)),
        new("tar inside tar.gz", [IdxBytes.Gunzip(Golden("Data/Golden/cifar-10-python.tar.gz"))[..(1 << 15)]], IdxBytes.Gzip, ReadTar),
        new("png", [Golden(Own + "grey.png"), Golden(Own + "filters-color.png"), Golden(Own + "palette.png"), Golden(Own + "interlaced-color-8.png")], bytes => bytes, path => PngFile.Read(path)),
        new("png with right checksums", [Golden(Own + "grey.png"), Golden(Own + "filters-color.png"), Golden(Own + "palette.png"), Golden(Own + "interlaced-color-8.png")], Checked, path => PngFile.Read(path)),
        new("csv", [Golden(Own + "table.csv"), "a;b\n\"x, \"\"y\";1\r\n\nz;2"u8.ToArray()], bytes => bytes,
            path => new OwnData { Kind = OwnDataKind.Csv, Path = path }.Read()),
        new("arrays of one's own", [Golden(Own + "images.npz")], bytes => bytes, path => new OwnData { Kind = OwnDataKind.Npz, Path = path }.Read()),
        new("weights of any kind", [SafeTensors(), Golden("Formats/Golden/model.npz"), Golden("Formats/Golden/model.pth"), Golden("Formats/Golden/run.pth"), Golden("Formats/Golden/legacy.pth")],
            bytes => bytes, path => WeightsFile.Read(path)),
    ];

    public override string ToString() => Name;

    /// <summary>Every chunk of a picture with the checksum of what it has now.</summary>
    static byte[] Checked(byte[] png)
    {
        for (int at = 8; at + 12 <= png.Length && BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) is var length && length >= 0 && at + 12L + length <= png.Length; at += 12 + length)
        {
            BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(at + 8 + length), Crc32.Append(0, png.AsSpan(at + 4, 4 + length)));
        }

        return png;
    }

    static byte[] SafeTensors()
    {
        using var stream = new MemoryStream();
        SafeTensorsFile.Write(stream, [.. NpzFile.Read(PathOf("Formats/Golden/model.npz"))], new Dictionary<string, string> { ["step"] = "12", ["a"] = "ü" });
        return stream.ToArray();
    }

    static byte[] Golden(string path) => File.ReadAllBytes(PathOf(path));

    static string PathOf(string path) => Path.Combine(AppContext.BaseDirectory, path);

    static byte[][] Entries(string path, string ending)
    {
        using var archive = ZipFile.OpenRead(PathOf(path));
        return [.. archive.Entries.Where(entry => entry.FullName.EndsWith(ending, StringComparison.Ordinal)).Select(Content)];
    }

    static (string, byte[])[] Storages(string path)
    {
        using var archive = ZipFile.OpenRead(PathOf(path));
        return [.. archive.Entries.Where(entry => entry.FullName.Contains("/data/", StringComparison.Ordinal)).Select(entry => (entry.FullName, Content(entry)))];
    }

    static byte[] Content(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    static byte[][] CifarPickles()
    {
        var pickles = new List<byte[]>();
        TarGzipFile.Read(PathOf("Data/Golden/cifar-10-python.tar.gz"), ["cifar-10-batches-py/data_batch_1", "cifar-10-batches-py/data_batch_2"],
            (_, content, length) =>
            {
                byte[] bytes = new byte[length];
                content.ReadExactly(bytes);
                pickles.Add(bytes);
            });
        return [.. pickles];
    }

    static void ReadPickle(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        try
        {
            _ = Cifar10Batch.FromPickle(new MemoryStream(bytes), bytes.Length);
        }
        catch (FormatException exception)
        {
            throw new BadInputException(exception.Message, exception);
        }
    }

    static void ReadTar(string path) => TarGzipFile.Read(path, ["cifar-10-batches-py/data_batch_4", "cifar-10-batches-py/data_batch_1"],
        (_, content, length) => Cifar10Batch.FromPickle(content, length));
}
