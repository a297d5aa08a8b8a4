using Descent.Formats;

namespace Descent.Data;

/// <summary>CIFAR-10 from its published binary files, unpacked or in their archive, or from the archive of Python's batches.</summary>
static class Cifar10Data
{
    const string BinaryFolder = "cifar-10-batches-bin", PythonFolder = "cifar-10-batches-py";
    const string BinaryArchive = "cifar-10-binary.tar.gz", PythonArchive = "cifar-10-python.tar.gz";

    /// <summary>The batches, the test part last, with the MD5 of the binary file. The author publishes digests of the archives alone; these are recorded alike by
    /// two projects that unpacked the archive of the published digest (rai-project/dldataset, and the CMake scripts of several C++ libraries).</summary>
    static readonly (string Name, FileDigest Binary)[] Batches =
    [
        ("data_batch_1", FileDigest.Md5("5dd7e06a14cb22eb9f671a540d1b7c25")),
        ("data_batch_2", FileDigest.Md5("5ea93a67294ea407fff1d09f752e9692")),
        ("data_batch_3", FileDigest.Md5("942cd6a4bcdd0dd3c604fbe906cb4421")),
        ("data_batch_4", FileDigest.Md5("ae636b3ba5c66a11e91e8cb52e771fcb")),
        ("data_batch_5", FileDigest.Md5("53f37980c15c3d472c316c40844f3f0d")),
        ("test_batch", FileDigest.Md5("803d5f7f4d78ea53de84dbe85f74fb6d")),
    ];

    static readonly FileDigest BinaryDigest = FileDigest.Md5("c32a1d4ab5d03f1284b67883e8d87530");
    static readonly FileDigest PythonDigest = FileDigest.Md5("c58f30108f718f92721af3b95e74349a");

    static readonly DataFile Archive = new(BinaryArchive, [new Uri($"https://www.cs.toronto.edu/~kriz/{BinaryArchive}")], 170_052_171, BinaryDigest,
        [
            new(BinaryFolder, folder => Batches.All(batch => Has(BinaryFile(folder, batch.Name), batch.Binary)), RequireWhole),
            new(BinaryArchive, path => Has(path, BinaryDigest), RequireWhole),
            new(PythonArchive, path => Has(path, PythonDigest), RequireWhole),
        ]);

    public static DataSetDescription Description { get; } = new("cifar10", "CIFAR-10",
        "Alex Krizhevsky, Learning Multiple Layers of Features from Tiny Images (2009), https://www.cs.toronto.edu/~kriz/cifar.html", "none stated",
        Cifar10Batch.Shape, ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
        TrainCount: 50_000, TestCount: 10_000, DrawnTestCount: 0, Normalization.PerImageStd, [Archive],
        folder => Parts(ReadAll(Archive.Find(folder) ?? throw new BadInputException($"{folder.Combine(BinaryArchive)} does not exist."))));

    static (LabeledImages Train, LabeledImages Test) Parts(Cifar10Batch[] batches) => (Images(batches[..^1]), Images(batches[^1..]));

    static LabeledImages Images(Cifar10Batch[] batches) => new(Cifar10Batch.Shape, Joined([.. batches.Select(batch => batch.Pixels)]),
        Joined([.. batches.Select(batch => batch.Labels)]), Cifar10Batch.ClassCount);

    static byte[] Joined(byte[][] parts)
    {
        byte[] whole = GC.AllocateUninitializedArray<byte>(parts.Sum(part => part.Length));
        int position = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(whole, position);
            position += part.Length;
        }

        return whole;
    }

    /// <summary>All batches in order, from whichever form lies at a path.</summary>
    static Cifar10Batch[] ReadAll(string path) => Path.GetFileName(path) switch
    {
        BinaryArchive => ReadArchive(path, name => $"{BinaryFolder}/{name}.bin", Cifar10Batch.FromRecords),
        PythonArchive => ReadArchive(path, name => $"{PythonFolder}/{name}", Cifar10Batch.FromPickle),
        _ => [.. Batches.Select(batch => ReadFile(BinaryFile(path, batch.Name)))],
    };

    static Cifar10Batch ReadFile(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 0);
        try
        {
            return Cifar10Batch.FromRecords(stream, stream.Length);
        }
        catch (FormatException exception)
        {
            throw new BadInputException($"{path} {exception.Message}.", exception);
        }
    }

    static Cifar10Batch[] ReadArchive(string path, Func<string, string> member, Func<Stream, long, Cifar10Batch> read)
    {
        var batches = new Dictionary<string, Cifar10Batch>();
        string[] names = [.. Batches.Select(batch => member(batch.Name))];
        TarGzipFile.Read(path, names, (name, content, length) => batches.Add(name, read(content, length)));
        return [.. names.Select(name => batches[name])];
    }

    static void RequireWhole(string path)
    {
        foreach (var ((name, _), batch) in Batches.Zip(ReadAll(path)))
        {
            if (batch.Labels.Length != Cifar10Batch.MostImages)
            {
                throw new BadInputException($"{path}: {name} has {batch.Labels.Length} images, expected are {Cifar10Batch.MostImages}.");
            }
        }
    }

    static bool Has(string path, FileDigest digest)
    {
        using var stream = InputFile.Open(path, bufferSize: 0);
        return digest.IsOf(stream);
    }

    static string BinaryFile(string folder, string batch) => Path.Combine(folder, $"{batch}.bin");
}
