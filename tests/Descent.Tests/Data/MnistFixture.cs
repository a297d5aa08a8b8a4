using Descent.Data;

namespace Descent.Tests.Data;

/// <summary>A data folder with four small files in MNIST's layout: 30 training and 20 test images, packed where the name says so.</summary>
sealed class MnistFixture : IDisposable
{
    public const string TrainImages = "train-images-idx3-ubyte.gz", TrainLabels = "train-labels-idx1-ubyte",
        TestImages = "t10k-images-idx3-ubyte.gz", TestLabels = "t10k-labels-idx1-ubyte.gz";

    readonly TemporaryFolder folder = new();

    public MnistFixture()
    {
        _ = Directory.CreateDirectory(folder["mnist"]);
        Write(TrainImages, [30, 28, 28], [.. Enumerable.Range(0, 30 * 784).Select(i => (byte)(i / 784))]);
        Write(TrainLabels, [30], [.. Enumerable.Range(0, 30).Select(i => (byte)(i % 10))]);
        Write(TestImages, [20, 28, 28], [.. Enumerable.Range(0, 20 * 784).Select(i => (byte)(100 + (i / 784)))]);
        Write(TestLabels, [20], [.. Enumerable.Range(0, 20).Select(i => (byte)(9 - (i % 10)))]);
    }

    public DataFolder Folder => new(folder.Path);

    public string Path(string name) => folder[System.IO.Path.Combine("mnist", name)];

    public void Write(string name, int[] sizes, byte[] values)
    {
        byte[] bytes = IdxBytes.Of(sizes, values);
        File.WriteAllBytes(Path(name), name.EndsWith(".gz", StringComparison.Ordinal) ? IdxBytes.Gzip(bytes) : bytes);
    }

    public void Dispose() => folder.Dispose();
}
