using System.Buffers.Binary;
using System.Text;
using Descent.Tests.Architecture;

namespace Descent.Tests.App;

/// <summary>Weights that are cut, hostile, or another model's, given to the commands that read weights: one sentence and exit code 2.</summary>
public sealed class BadWeightsTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Hostile => [.. Files.Keys];

    static Dictionary<string, byte[]> Files { get; } = new()
    {
        ["cut.pth"] = Golden("model.pth")[..^600],
        ["half.pth"] = Golden("model.pth")[..(Golden("model.pth").Length / 2)],
        ["cut.npz"] = Golden("model.npz")[..^600],
        ["empty.safetensors"] = [],
        ["empty.pth"] = [],
        ["empty.ckpt"] = [],
        ["header-of-2^60-bytes.safetensors"] = SafeTensors(1L << 60, "{}"),
        ["data-of-2^60-bytes.safetensors"] = SafeTensors(null, """{"fc1.weight":{"dtype":"F32","shape":[64,64],"data_offsets":[0,1152921504606846976]}}"""),
        ["shape-of-2^60-numbers.safetensors"] = SafeTensors(null, """{"fc1.weight":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,4]}}""", 4),
        ["overlapping.safetensors"] = SafeTensors(null,
            """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4),
        ["settings.safetensors"] = SafeTensors(null, """{"__metadata__":{"settings":"{\"workload\":3"}}"""),
        ["other-settings.safetensors"] = SafeTensors(null, """{"__metadata__":{"settings":"{\"workload\":\"digits-mlp\"}"}}"""),
        ["whole-model.pth"] = Golden("module.pth"),
        ["whole-model-in-checkpoint.pth"] = Golden("module-in-checkpoint.pth"),
        ["two-state-dicts.pth"] = Golden("two-state-dicts.pth"),
        ["optimizer.ckpt"] = Golden("optimizer.pth"),
        ["script.pt"] = Golden("script.pt"),
        ["legacy.bin"] = Golden("legacy.pth"),
        ["calls-a-function.pth"] = Encoding.Latin1.GetBytes("\u0080\u0002cposix\nsystem\nX\u0004\0\0\0echo\u0085R."),
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void AHostileFileIsOneSentence(string name)
    {
        File.WriteAllBytes(folder[name], Files[name]);
        _ = RequireSentence(name, "evaluate", name, "--workload", "digits-mlp");
        _ = RequireSentence(name, "train", "digits-mlp", "--optimizer", "adam", "--steps", "1", "--init", name);
    }

    [Fact]
    public void AnotherModelsWeightsAreListed()
    {
        File.WriteAllBytes(folder["model.pth"], Golden("model.pth"));
        string[] sentences =
        [
            RequireSentence("model.pth", "evaluate", "model.pth", "--workload", "digits-mlp"),
            RequireSentence("model.pth", "train", "digits-mlp", "--optimizer", "adam", "--init", "model.pth"),
        ];
        Assert.All(sentences, sentence => Assert.StartsWith(
            $"{folder["model.pth"]} does not fit the model; missing: fc1.weight [64, 64], fc1.bias [64], fc2.weight [10, 64], fc2.bias [10]; not needed (8 of 8): ", sentence));
    }

    [Fact]
    public void AStudyWithAnotherModelsWeightsIsRefusedBeforeAnythingIsStored()
    {
        File.WriteAllBytes(folder["model.pth"], Golden("model.pth"));
        File.WriteAllText(folder["mine.yaml"], "workload: digits-mlp\nseeds: [0]\ninit: model.pth\noptimizers:\n  - adam\n");
        _ = RequireSentence("model.pth", "run", "mine.yaml");
        Assert.False(File.Exists(folder[".descent/studies.db"]));
    }

    string RequireSentence(string name, params string[] arguments)
    {
        var outcome = new DescentCommand(folder.Path).Run(arguments);
        Assert.Equal((2, "", 1), (outcome.Code, outcome.Output, outcome.Error.Count(x => x == '\n')));
        Assert.Contains(name, outcome.Error);
        return outcome.Error;
    }

    static byte[] Golden(string name) => File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Descent.Tests", "Formats", "Golden", name));

    /// <param name="claimed">What the file says that its header's length is; null for the truth.</param>
    static byte[] SafeTensors(long? claimed, string header, int data = 0)
    {
        byte[] json = Encoding.UTF8.GetBytes(header), length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, claimed ?? json.Length);
        return [.. length, .. json, .. new byte[data]];
    }
}
