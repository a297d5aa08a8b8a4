using System.IO.Compression;
using System.Text;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Formats;

public sealed class WeightsFileTests : IDisposable
{
    // The model of Golden/generate.py: a convolution, a normalization, a flatten, a linear layer.
    static readonly ParameterInfo[] Net =
    [
        new("conv.weight", new Shape(4, 3, 3, 3), ParameterTraits.Weight | ParameterTraits.FirstLayer),
        new("conv.bias", new Shape(4), ParameterTraits.Bias | ParameterTraits.FirstLayer),
        new("norm.weight", new Shape(4), ParameterTraits.Weight | ParameterTraits.Normalization),
        new("norm.bias", new Shape(4), ParameterTraits.Bias | ParameterTraits.Normalization),
        new("norm.running_mean", new Shape(4), ParameterTraits.Normalization),
        new("norm.running_var", new Shape(4), ParameterTraits.Normalization),
        new("fc.weight", new Shape(2, 16), ParameterTraits.Weight | ParameterTraits.Head) { FlattenedFrom = new Shape(2, 2, 4) },
        new("fc.bias", new Shape(2), ParameterTraits.Bias | ParameterTraits.Head),
    ];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // PyTorch's own permutations of its own tensors.
    [Fact]
    public void FiltersAndFlattenedInputsAreReordered()
    {
        var arrays = NpzFile.Read(Golden("layout.npz")).ToDictionary(array => array.Name);
        RequireBothWays(new ParameterInfo("w", new Shape(5, 2, 4, 3), ParameterTraits.Weight), arrays["filters.here"], arrays["filters"]);
        RequireBothWays(new ParameterInfo("w", new Shape(6, 24), ParameterTraits.Weight) { FlattenedFrom = new Shape(2, 4, 3) },
            arrays["flattened.here"], arrays["flattened"]);
        RequireBothWays(new ParameterInfo("w", new Shape(6, 24), ParameterTraits.Weight), arrays["flattened"], arrays["flattened"]);
        Assert.Equal([5, 3, 2, 4], PyTorchLayout.ShapeOf(new ParameterInfo("w", new Shape(5, 2, 4, 3), ParameterTraits.Weight)));
    }

    [Fact]
    public void AStateDictOfPyTorchIsTakenOverAndGivenBack()
    {
        using var parameters = new Parameters<float>(Net);
        WeightsFile.Load(Golden("model.pth"), parameters);

        var expected = NpzFile.Read(Golden("model.npz")).Where(array => array.Type == ElementType.Float32).ToList();
        float[] filters = expected[0].Values<float>().ToArray(), here = parameters["conv.weight"].Value.Span.ToArray();
        Assert.All(Enumerable.Range(0, filters.Length), i =>
            Assert.Equal(filters[i], here[(i / 27 * 27) + (i % 9 * 3) + (i / 9 % 3)]));
        foreach (string name in new[] { "a.safetensors", "a.npz", "a.pth", "a.pt" })
        {
            WeightsFile.Write(folder[name], parameters);
            RequireEqual(expected, WeightsFile.Read(folder[name]).Arrays);
        }
    }

    [Fact]
    public void PrecisionsAreConverted()
    {
        using var singles = new Parameters<float>(Net);
        using var doubles = new Parameters<double>(Net);
        using var again = new Parameters<float>(Net);
        WeightsFile.Load(Golden("model.npz"), singles);
        WeightsFile.Load(Golden("model.npz"), doubles);
        WeightsFile.Write(folder["d.safetensors"], doubles);
        WeightsFile.Load(folder["d.safetensors"], again);

        Assert.Equal(singles.Values.Span.ToArray().Select(value => (double)value), doubles.Values.Span.ToArray());
        Assert.Equal(singles.Values.Span.ToArray(), again.Values.Span.ToArray());
    }

    [Fact]
    public void AllDifferencesAreListedAndNothingIsChanged()
    {
        ParameterInfo[] other =
        [
            Net[0] with { Shape = new Shape(4, 5, 5, 3) }, Net[1], .. Net[3..6], Net[6] with { Name = "head.weight" }, Net[7],
        ];
        using var parameters = new Parameters<float>(other);
        string path = Golden("model.pth");

        Assert.Equal($"{path} does not fit the model; missing: head.weight [2, 16]; not needed: norm.weight [4], fc.weight [2, 16]; "
            + "of another shape: conv.weight [4, 3, 3, 3] (needed [4, 3, 5, 5]).", Refusal(() => WeightsFile.Load(path, parameters)));
        Assert.All(parameters.Values.Span.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void LongListsAreCut()
    {
        using var parameters = new Parameters<float>([Net[0]]);
        string path = Golden("model.pth");

        Assert.EndsWith("not needed (7 of 8): conv.bias [4], norm.weight [4], norm.bias [4], norm.running_mean [4], norm.running_var [4] and 2 more.",
            Refusal(() => WeightsFile.Load(path, parameters)), StringComparison.Ordinal);
    }

    [Fact]
    public void IntegersAreNoWeights()
    {
        using var parameters = new Parameters<float>([Net[1]]);
        NpzFile.Write(folder["i.npz"], [NamedArray.Copy<long>("conv.bias", [4], [1, 2, 3, 4])]);

        Assert.Equal($"{folder["i.npz"]} does not fit the model; of another type: conv.bias Int64 (needed Float32).",
            Refusal(() => WeightsFile.Load(folder["i.npz"], parameters)));
    }

    [Fact]
    public void ForOtherClassesTheLastLayerStaysAsItIs()
    {
        ParameterInfo[] wider = [.. Net[..6], Net[6] with { Shape = new Shape(10, 16) }, Net[7] with { Shape = new Shape(10) }];
        using var parameters = new Parameters<float>(wider);
        parameters["fc.weight"].Value.Span.Fill(7);
        using var whole = new Parameters<float>(Net);
        WeightsFile.Load(Golden("model.pth"), whole);
        WeightsFile.LoadExceptHead(Golden("model.pth"), parameters);

        Assert.All(parameters["fc.weight"].Value.Span.ToArray(), value => Assert.Equal(7, value));
        Assert.Equal(whole.Values.Span[..parameters["fc.weight"].Start].ToArray(), parameters.Values.Span[..parameters["fc.weight"].Start].ToArray());
        _ = Assert.Throws<BadInputException>(() => WeightsFile.Load(Golden("model.pth"), parameters));
    }

    [Fact]
    public void CheckpointsHoldPyTorchsLayoutAndGiveBackTheirBits()
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>(Net);
        using var optimizer = new OptimizerRun<float>(new Adam(), parameters, executor);
        WeightsFile.Load(Golden("model.pth"), parameters);
        for (int i = 0; i < parameters.Count; i++)
        {
            optimizer.State("exp_avg").Span[i] = i;
        }

        float[] values = parameters.Values.Span.ToArray(), state = optimizer.State("exp_avg").Span.ToArray();
        var checkpoint = CheckpointContent.Take(new TrainingPosition(5, 1, 2, 3, 4, 5), parameters, optimizer);
        parameters.Values.Span.Clear();
        optimizer.State("exp_avg").Span.Clear();
        var position = CheckpointContent.Restore(checkpoint, parameters, optimizer);

        Assert.Equal(new TrainingPosition(5, 1, 2, 3, 4, 5), position);
        Assert.Equal(values, parameters.Values.Span.ToArray());
        Assert.Equal(state, optimizer.State("exp_avg").Span.ToArray());
        var stored = checkpoint.Arrays.Single(array => array.Name == "optimizer.exp_avg.conv.weight");
        Assert.Equal([4, 3, 3, 3], stored.Shape);
        // Filter 0: here place by place with three channels each, there channel by channel with nine places each.
        Assert.Equal([0, 3, 6, 9, 12, 15, 18, 21, 24, 1], stored.Values<float>()[..10].ToArray());
        RequireEqual([.. NpzFile.Read(Golden("model.npz")).Where(array => array.Type == ElementType.Float32)], checkpoint.Arrays.Take(8));
    }

    [Fact]
    public void ACheckpointServesAsWeights()
    {
        using var parameters = new Parameters<float>([Net[1]]);
        SafeTensorsFile.Write(folder["c.safetensors"], [NamedArray.Copy<float>("conv.bias", [4], [1, 2, 3, 4]),
            NamedArray.Copy<float>("optimizer.exp_avg.conv.bias", [4], [5, 6, 7, 8])], new Dictionary<string, string> { ["step"] = "9" });
        WeightsFile.Load(folder["c.safetensors"], parameters);

        Assert.Equal([1, 2, 3, 4], parameters.Values.Span.ToArray());
        Assert.Equal("9", WeightsFile.ReadMetadata(folder["c.safetensors"])["step"]);
        Assert.Empty(WeightsFile.ReadMetadata(Golden("model.pth")));
    }

    [Theory]
    [InlineData("x", "PK", "is no file of PyTorch: it does not begin as a ZIP archive.")]
    [InlineData("x", "PK\u0003\u0004", "is cut or corrupt: ")]
    [InlineData("x.npz", "PK\u0003\u0004", "is not a valid NPZ file: ")]
    [InlineData("x", "{}", "is of no kind that weights are read from: safetensors, NPZ, or a state dict that torch.save wrote.")]
    [InlineData("x.pth", "<html>Not found</html>", "is of no kind that weights are read from: safetensors, NPZ, or a state dict that torch.save wrote.")]
    [InlineData("x.pth", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "is a pointer of Git LFS in place of the weights: fetch them with git lfs pull.")]
    [InlineData("x.npy", "\u0093NUMPY\u0001", "is a single array without a name; weights have names: numpy.savez(\"weights.npz\", **arrays).")]
    [InlineData("x.pkl", "\u0080\u0004\u0095", "is a Python pickle, of which nothing is run here; ")]
    [InlineData("x.safetensors", "short", "is not a valid safetensors file: it has 5 bytes, too few for the length of the header.")]
    [InlineData("x.safetensors", "", "is an empty file, no safetensors file.")]
    [InlineData("x.npz", "", "is an empty file, no NPZ file.")]
    [InlineData("x.pth", "", "is an empty file, no state dict of PyTorch.")]
    [InlineData("x.ckpt", "", "is an empty file, no state dict of PyTorch.")]
    [InlineData("x", "", "is an empty file, no weights as safetensors, NPZ or a state dict of PyTorch.")]
    public void AFileOfNoKindIsRefused(string name, string content, string sentence)
    {
        File.WriteAllBytes(folder[name], Encoding.Latin1.GetBytes(content));

        Assert.StartsWith($"{folder[name]} {sentence}", Refusal(() => WeightsFile.Read(folder[name])), StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchiveOfOtherThingsIsRefused()
    {
        using (var archive = new ZipArchive(File.Create(folder["x.pth"]), ZipArchiveMode.Create))
        {
            _ = archive.CreateEntry("readme.txt");
        }

        Assert.Equal($"{folder["x.pth"]} is a ZIP archive with neither a state dict of PyTorch (data.pkl) nor arrays of NumPy (.npy) in it.",
            Refusal(() => WeightsFile.Read(folder["x.pth"])));
    }

    [Theory]
    [InlineData("model.pth", "x.pt")]
    [InlineData("model.pth", "x.bin")]
    [InlineData("model.pth", "x.ckpt")]
    [InlineData("model.pth", "x.npz")]
    [InlineData("model.npz", "x.pth")]
    public void TheContentSaysTheKindAndNotTheName(string golden, string name)
    {
        File.Copy(Golden(golden), folder[name]);

        Assert.Equal(WeightsFile.Read(Golden(golden)).Arrays.Select(array => array.Name), WeightsFile.Read(folder[name]).Arrays.Select(array => array.Name));
    }

    // PyTorch 1.13 wrote the names as torch.compile and DataParallel make them (Golden/generate.py).
    [Fact]
    public void NamesOfWrappersAreLeftOut()
    {
        ParameterInfo[] net =
        [
            new("fc1.weight", new Shape(4, 3), ParameterTraits.Weight), new("fc1.bias", new Shape(4), ParameterTraits.Bias),
            new("fc2.weight", new Shape(2, 4), ParameterTraits.Weight | ParameterTraits.Head), new("fc2.bias", new Shape(2), ParameterTraits.Bias | ParameterTraits.Head),
        ];
        using var parameters = new Parameters<float>(net);
        WeightsFile.Load(Golden("run.pth"), parameters);
        Assert.Equal(NpzFile.Read(Golden("run.npz")).SelectMany(array => array.Values<float>().ToArray()), parameters.Values.Span.ToArray());

        parameters.Values.Span.Clear();
        WeightsFile.LoadExceptHead(Golden("run.pth"), parameters);
        Assert.All(parameters["fc2.weight"].Value.Span.ToArray(), value => Assert.Equal(0, value));
        Assert.All(parameters["fc1.weight"].Value.Span.ToArray(), value => Assert.NotEqual(0, value));

        using var wider = new Parameters<float>([net[0] with { Shape = new Shape(9, 3) }, .. net[1..]]);
        Assert.Equal($"{Golden("run.pth")} (\"state_dict\") does not fit the model; of another shape: fc1.weight [4, 3] (needed [9, 3]).",
            Refusal(() => WeightsFile.Load(Golden("run.pth"), wider)));
    }

    [Theory]
    [InlineData("a.x a.y", "a.x a.y", "a.x a.y")]
    [InlineData("a.x a.y", "x y", "x y")]
    [InlineData("a.x b.y", "x y", "a.x b.y")]
    [InlineData("module.a.x module.a.y", "a.x a.y", "a.x a.y")]
    [InlineData("module.a.x module.a.y module.a.z", "a.x a.y a.w", "a.x a.y a.z")]
    [InlineData("module.x other.y", "x y", "module.x other.y")]
    [InlineData("m.n.o.p.x m.n.o.p.y", "x y", "x y")]
    [InlineData("m.n.o.p.q.x m.n.o.p.q.y", "x y", "m.n.o.p.q.x m.n.o.p.q.y")]
    [InlineData("module.x modules.y", "x y", "module.x modules.y")]
    [InlineData("x", "y", "x")]
    [InlineData("a.", "", "")]
    public void APrefixOfAllNamesIsLeftOutWhereTheRestIsTheModels(string names, string needed, string expected) => Assert.Equal(expected.Split(' '),
        WeightNames.WithoutPrefix([.. names.Split(' ').Select(name => NamedArray.Copy<float>(name, [], [1]))], needed.Split(' ').ToHashSet()).Select(array => array.Name));

    [Fact]
    public void LongNamesAndShapesAreCut()
    {
        using var parameters = new Parameters<float>([Net[1]]);
        NpzFile.Write(folder["l.npz"], [NamedArray.Copy<float>("conv.bias", [.. Enumerable.Repeat(1, 2000)], [1]), NamedArray.Copy<float>(new string('n', 30_000), [], [1])]);

        Assert.Equal($"{folder["l.npz"]} does not fit the model; not needed: {new string('n', 120)}… (30000 characters) []; "
            + "of another shape: conv.bias [1, 1, 1, 1, 1, 1, 1, 1, … 2000 axes] (needed [4]).", Refusal(() => WeightsFile.Load(folder["l.npz"], parameters)));
    }

    [Fact]
    public void OtherExtensionsAreNotWritten()
    {
        using var parameters = new Parameters<float>(Net);

        Assert.Equal($"{folder["a.h5"]}: weights are written to a file that ends in .safetensors or .npz or .pth or .pt.",
            Refusal(() => WeightsFile.Write(folder["a.h5"], parameters)));
    }

    static void RequireBothWays(ParameterInfo parameter, NamedArray here, NamedArray there)
    {
        float[] read = new float[here.Count], written = new float[here.Count];
        PyTorchLayout.FromPyTorch(parameter, there.Values<float>(), read);
        PyTorchLayout.ToPyTorch(parameter, here.Values<float>(), written);

        Assert.Equal(here.Values<float>().ToArray(), read);
        Assert.Equal(there.Values<float>().ToArray(), written);
    }

    static void RequireEqual(IReadOnlyList<NamedArray> expected, IEnumerable<NamedArray> actual) => Assert.Equal(
        expected.Select(array => (array.Name, NamedArray.ShapeText(array.Shape), Convert.ToHexString(array.Bytes.Span))),
        actual.Select(array => (array.Name, NamedArray.ShapeText(array.Shape), Convert.ToHexString(array.Bytes.Span))));

    static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Formats/Golden", name);

    static string Refusal(Action action) => Assert.Throws<BadInputException>(action).Message;
}
