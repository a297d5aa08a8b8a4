using System.IO.Compression;
using System.Text;
using Descent.Formats;

namespace Descent.Tests.Formats;

/// <summary>Files are what PyTorch 1.13 wrote (Golden/generate.py), expectations what NumPy wrote of the same numbers.</summary>
public sealed class PyTorchFileTests : IDisposable
{
    const string Storage = "(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ";

    const string Save = "torch.save(model.state_dict(), \"weights.pth\")";

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("strided", 16)]
    [InlineData("model", 9)]
    public void TensorsAreThoseThatPyTorchSaved(string name, int count)
    {
        var read = PyTorchFile.Read(Golden(name + ".pth")).Arrays;
        var expected = NpzFile.Read(Golden(name + ".npz"));

        Assert.Equal(count, read.Count);
        Assert.Equal(expected.Select(array => (array.Name, array.Type)), read.Select(array => (array.Name, array.Type)));
        Assert.All(expected.Zip(read), pair =>
        {
            Assert.Equal(pair.First.Shape, pair.Second.Shape);
            Assert.Equal(pair.First.Bytes.ToArray(), pair.Second.Bytes.ToArray());
        });
    }

    [Theory]
    [InlineData("module.pth", "holds one object of \"torch.nn.modules.linear.Linear\", as a whole model is, and nothing is run here", Save)]
    [InlineData("module-in-checkpoint.pth", "names \"torch.nn.modules.container.Sequential\", which is not read here, and nothing is run", Save)]
    [InlineData("script.pt", "is TorchScript, a program with its weights", "torch.save(torch.jit.load(\"script.pt\").state_dict(), \"weights.pth\")")]
    [InlineData("two-state-dicts.pth", "holds 2 state dicts, \"model\", \"model_ema\"",
        "torch.save(torch.load(\"two-state-dicts.pth\", map_location=\"cpu\")[\"model\"], \"weights.pth\")")]
    [InlineData("optimizer.pth", "holds no dictionary of tensors, but \"state\", \"param_groups\"", Save)]
    [InlineData("tensor.pth", "holds no tensors by name", Save)]
    [InlineData("shorts.pth", "names \"torch.ShortStorage\", which is not read here, and nothing is run", Save)]
    [InlineData("protocol4.pth", "is of protocol 4; read is protocol 2", Save)]
    public void WhatIsNoStateDictIsRefusedWithTheWayToSaveOne(string name, string sentence, string code) =>
        Assert.Equal($"{Golden(name)} is no state dict of PyTorch that can be read: it {sentence}; save one in Python: {code}", Refusal(Golden(name)));

    // PyTorch 1.13 wrote run.pth as a script would: the state dict of a wrapped model beside the optimizer's, arguments, numbers of NumPy, states of generators.
    [Fact]
    public void TheStateDictOfACheckpointIsFound()
    {
        var read = PyTorchFile.Read(Golden("run.pth"));
        var expected = NpzFile.Read(Golden("run.npz"));

        Assert.Equal($"{Golden("run.pth")} (\"state_dict\")", read.Source);
        Assert.Equal(expected.Select(array => "module._orig_mod." + array.Name), read.Arrays.Select(array => array.Name));
        Assert.All(expected.Zip(read.Arrays), pair => Assert.Equal(pair.First.Bytes.ToArray(), pair.Second.Bytes.ToArray()));
    }

    [Fact]
    public void AStateDictUnderTwoKeysIsOne()
    {
        string tensor = "X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n(" + Storage + "K\0K\u0004\u0085K\u0001\u0085\u0089NtR";
        string path = Write("}(X\u0005\0\0\0model}" + tensor + "sq\u0001X\u0003\0\0\0emah\u0001u.", new byte[16]);

        Assert.Equal($"{path} (\"model\")", PyTorchFile.Read(path).Source);
    }

    [Fact]
    public void AnOptimizersStateInACheckpointIsNotEvenRead()
    {
        byte[] bytes = File.ReadAllBytes(Golden("run.pth"));
        // 48 bytes of the first moment begin 14 bytes behind the beginning of the name.
        bytes[bytes.AsSpan().IndexOf("run/data/5"u8) + 20] ^= 1;
        File.WriteAllBytes(folder["run.pth"], bytes);
        using (var archive = ZipFile.OpenRead(folder["run.pth"]))
        {
            _ = Assert.Throws<InvalidDataException>(() => ZipEntries.ReadStored(archive.GetEntry("run/data/5")!));
        }

        Assert.Equal(4, PyTorchFile.Read(folder["run.pth"]).Arrays.Count);
    }

    [Fact]
    public void IntegersAreReadAsTheyAre() => Assert.Equal([1, 1], Assert.Single(PyTorchFile.Read(Golden("integers.pth")).Arrays).Values<int>().ToArray());

    [Theory]
    [InlineData("legacy.pth")]
    [InlineData("legacy4.pth")]
    public void TheOldFormatIsRefusedWithTheWayToConvertIt(string name)
    {
        string sentence = $"{Golden(name)} has PyTorch's format from before version 1.6; save it anew in Python: torch.save(torch.load(\"{name}\", map_location=\"cpu\"), \"weights.pth\")";

        Assert.Equal(sentence, Refusal(Golden(name)));
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => WeightsFile.Read(Golden(name))).Message);
    }

    [Fact]
    public void WhatIsNoZipIsRefused()
    {
        File.WriteAllBytes(folder["x.pth"], [1, 2, 3, 4, 5]);

        Assert.Equal($"{folder["x.pth"]} is no file of PyTorch: it does not begin as a ZIP archive.", Refusal(folder["x.pth"]));
        Assert.Equal($"{folder["none"]} does not exist.", Refusal(folder["none"]));
    }

    // That PyTorch reads them too, RealDataTests sees.
    [Fact]
    public void WhatIsWrittenIsReadAndEqualArraysGiveEqualBytes()
    {
        NamedArray[] arrays =
        [
            NamedArray.Copy<float>("a.weight", [2, 3, 4], [.. Enumerable.Range(0, 24).Select(i => MathF.Cos(i))]), NamedArray.Copy<double>("scalar", [], [-0.0]),
            NamedArray.Copy<long>("n", [2, 1], [long.MinValue, 3]), NamedArray.Copy<int>("i", [3], [1, -2, 3]), NamedArray.Copy<byte>("bytes ü", [2], [0, 255]),
            NamedArray.Copy<float>("none", [3, 0, 2], []),
        ];
        PyTorchFile.Write(folder["a.pth"], arrays);
        PyTorchFile.Write(folder["b.pth"], arrays);

        var read = PyTorchFile.Read(folder["a.pth"]).Arrays;

        Assert.Equal(File.ReadAllBytes(folder["a.pth"]), File.ReadAllBytes(folder["b.pth"]));
        Assert.Equal(arrays.Select(array => (array.Name, array.Type, NamedArray.ShapeText(array.Shape), Convert.ToHexString(array.Bytes.Span))),
            read.Select(array => (array.Name, array.Type, NamedArray.ShapeText(array.Shape), Convert.ToHexString(array.Bytes.Span))));
        _ = Assert.Throws<ArgumentException>(() => PyTorchFile.Write(folder["c.pth"], [arrays[0], arrays[0]]));
        Assert.False(File.Exists(folder["c.pth"]));
    }

    [Fact]
    public void EveryCutOfAFileIsRefused()
    {
        byte[] bytes = File.ReadAllBytes(Golden("model.pth"));
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(folder["cut.pth"], bytes[..length]);
            Assert.StartsWith($"{folder["cut.pth"]} ", Refusal(folder["cut.pth"]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AFlippedBitInAStorageIsRefused()
    {
        byte[] bytes = File.ReadAllBytes(Golden("model.pth"));
        int data = bytes.AsSpan().IndexOf("model/data/0"u8) + 100;
        bytes[data] ^= 1;
        File.WriteAllBytes(folder["flipped.pth"], bytes);

        Assert.Contains("is cut or corrupt: its entry \"model/data/0\" ends early or differs from its checksum.", Refusal(folder["flipped.pth"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(K\u0004tK\u0001\u0085", null)]
    [InlineData("K\u0002\u0085K\u0003\u0085", null)]
    [InlineData("K\u0003\u0085K\u0002\u0085", "has a tensor of sizes [3], strides [2] and offset 0 that leaves its storage of 4 elements")]
    [InlineData("K\u0005\u0085K\u0001\u0085", "has a tensor of sizes [5], strides [1] and offset 0 that leaves its storage of 4 elements")]
    [InlineData("K\u0002K\u0002\u0086K\u0001\u0085", "has a tensor of sizes [2, 2] and strides [1]")]
    [InlineData("K\u0002\u0085J\u00ff\u00ff\u00ff\u00ff\u0085", "has a tensor of sizes [2] and strides [-1]")]
    [InlineData("J\u00ff\u00ff\u00ff\u00ff\u0085K\u0001\u0085", "has a tensor of sizes [-1] and strides [1]")]
    [InlineData("\u008a\u0006\0\0\0\0\0\u0001\u0085K\0\u0085", "has a tensor of sizes [1099511627776] and strides [0]")]
    [InlineData("J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007f\u0086K\0K\0\u0086",
        "has a tensor of sizes [2147483647, 2147483647], which is larger than 2 GiB")]
    [InlineData("J\0\0\0\u0010\u0085K\0\u0085", "has tensors that repeat their numbers without end")]
    [InlineData("J\0\0\0\u0001\u0085K\0\u0085", "has tensors that repeat their numbers without end")]
    [InlineData("N\u0085K\u0001\u0085", "has a tensor with a size or stride that is no number")]
    [InlineData("K\u0001K\u0001\u0085", "has a tensor whose parts are not read here")]
    public void TensorsStayWithinTheirStorageAndItsMeasure(string sizesAndStrides, string? sentence)
    {
        string path = Write("}X\u0001\0\0\0wctorch._utils\n_rebuild_tensor_v2\n(" + Storage + "K\0" + sizesAndStrides + "\u0089NtRs.", new byte[16]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        if (sentence is null)
        {
            Assert.Equal("w", Assert.Single(PyTorchFile.Read(path).Arrays).Name);
        }
        else
        {
            Assert.StartsWith($"{path} is no state dict of PyTorch that can be read: it {sentence};", Refusal(path), StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData(Storage + ".", 12, "has 12 bytes in data/0, where 4 elements of torch.FloatStorage are expected")]
    [InlineData("(X\u0007\0\0\0storagectorch\nFloatStorage\nX\u0001\0\0\01X\u0003\0\0\0cpuK\u0004tQ.", 16, "has no entry data/1")]
    [InlineData("(X\u0007\0\0\0storageccollections\nOrderedDict\nX\u0001\0\0\00X\u0003\0\0\0cpuK\u0004tQ.", 16, "has a storage of type collections.OrderedDict")]
    [InlineData("cos\nsystem\n)\u0081.", 16, "holds one object of \"os.system\", as a whole model is, and nothing is run here")]
    [InlineData("}X\u0005\0\0\0modelcos\nsystem\nX\u0002\0\0\0ls\u0085Rs.", 16, "names \"os.system\", which is not read here, and nothing is run")]
    [InlineData("}X\u0005\0\0\0epochK\u0001s.", 16, "holds no dictionary of tensors, but \"epoch\"")]
    [InlineData("}X\u0005\0\0\0model}s.", 16, "holds no dictionary of tensors, but \"model\"")]
    [InlineData("}K\u0001K\u0001s.", 16, "holds no dictionary of tensors, but 1")]
    [InlineData("cargparse\nNamespace\n)\u0081.", 16, "holds no tensors by name")]
    [InlineData("NQ.", 16, "refers to data that is no storage")]
    [InlineData("ctorch._utils\n_rebuild_parameter\nN\u0085R.", 16, "has a parameter without a tensor")]
    [InlineData("ccollections\nOrderedDict\nN\u0085R.", 16, "has an ordered dictionary with arguments")]
    [InlineData("ctorch\nFloatStorage\nK\u0004\u0085R.", 16, "calls what is no known function at byte 25")]
    [InlineData("cos\nsystem\nX\u0002\0\0\0ls\u0085R.", 16, "holds one object of \"os.system\", as a whole model is, and nothing is run here")]
    [InlineData("c__builtin__\neval\nX\u0002\0\0\0ls\u0085R.", 16, "holds one object of \"__builtin__.eval\", as a whole model is, and nothing is run here")]
    [InlineData("ctorch._utils\n_rebuild_tensor\n.", 16, "holds one object of \"torch._utils._rebuild_tensor\", as a whole model is, and nothing is run here")]
    public void HostilePicklesAreRefused(string pickle, int storageBytes, string sentence)
    {
        string path = Write(pickle, new byte[storageBytes]);

        Assert.StartsWith($"{path} is no state dict of PyTorch that can be read: it {sentence};", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void PackedEntriesAreRefused() => Assert.Contains("it has the entry \"archive/data.pkl\" packed, where PyTorch packs nothing;",
        Refusal(Write(Storage + ".", new byte[1 << 16], CompressionLevel.Optimal)), StringComparison.Ordinal);

    static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Formats/Golden", name);

    static string Refusal(string path) => Assert.Throws<BadInputException>(() => PyTorchFile.Read(path)).Message;

    /// <summary>An archive with a pickle (letters are bytes) and one storage.</summary>
    string Write(string pickle, byte[] storage, CompressionLevel level = CompressionLevel.NoCompression)
    {
        string path = folder["hostile.pth"];
        using var archive = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        Add("archive/data.pkl", [0x80, 2, .. Encoding.Latin1.GetBytes(pickle)]);
        Add("archive/data/0", storage);
        return path;

        void Add(string name, byte[] bytes)
        {
            using var content = archive.CreateEntry(name, level).Open();
            content.Write(bytes);
        }
    }
}
