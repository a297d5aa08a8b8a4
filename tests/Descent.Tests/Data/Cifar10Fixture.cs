using System.Formats.Tar;
using System.IO.Compression;
using Descent.Data;

namespace Descent.Tests.Data;

/// <summary>A data folder for CIFAR-10 with three images a batch, by the formula that Golden/generate.py writes down in Python.</summary>
sealed class Cifar10Fixture : IDisposable
{
    public const int ImagesPerBatch = 3;

    public static readonly string[] Batches = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];

    readonly TemporaryFolder folder = new();

    public DataFolder Folder => new(folder.Path);

    public string this[string path] => folder[path];

    /// <summary>The value of a batch (1 to 6) at image, row, column and channel.</summary>
    public static byte Value(int batch, int image, int y, int x, int channel) => (byte)((37 * batch) + (11 * image) + (85 * channel) + (5 * y) + (3 * x));

    public static byte Label(int batch, int image) => (byte)(((3 * batch) + image) % 10);

    /// <summary>A batch as its binary file is published: label, then the red, the green, the blue plane.</summary>
    public static byte[] Records(int batch, int count = ImagesPerBatch)
    {
        using var bytes = new MemoryStream();
        for (int image = 0; image < count; image++)
        {
            bytes.WriteByte(Label(batch, image));
            for (int i = 0; i < 3072; i++)
            {
                bytes.WriteByte(Value(batch, image, i / 32 % 32, i % 32, i / 1024));
            }
        }

        return bytes.ToArray();
    }

    public void WriteBinaryFolder(int count = ImagesPerBatch)
    {
        _ = Directory.CreateDirectory(folder["cifar-10-batches-bin"]);
        for (int i = 0; i < Batches.Length; i++)
        {
            File.WriteAllBytes(folder[$"cifar-10-batches-bin/{Batches[i]}.bin"], Records(i + 1, count));
        }
    }

    public void WriteBinaryArchive(params (string Name, byte[] Content)[] members)
    {
        using var packed = new GZipStream(File.Create(folder["cifar-10-binary.tar.gz"]), CompressionLevel.Fastest);
        using var archive = new TarWriter(packed, TarEntryFormat.Gnu);
        foreach (var (name, content) in members)
        {
            archive.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
    }

    /// <summary>The archive that Python wrote.</summary>
    public void WritePythonArchive() =>
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Data/Golden/cifar-10-python.tar.gz"), folder["cifar-10-python.tar.gz"]);

    public void Dispose() => folder.Dispose();
}
