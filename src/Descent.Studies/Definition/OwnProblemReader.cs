using System.Text.Json;
using Descent.Data;
using Descent.Data.Own;
using Descent.Models;
using Descent.Workloads.Own;

namespace Descent.Studies.Definition;

/// <summary>Reads a user's own problem: what stands under <c>workload:</c> where that is no name.</summary>
/// <param name="problem">Its keys.</param>
/// <param name="defaultName">Where it does not say its name.</param>
sealed class OwnProblemReader(YamlMapping problem, string defaultName)
{
    /// <summary>What the file of a study that was written by <see cref="StudyFileWriter"/> has in place of all that is found by looking at the data.</summary>
    public const string KnownKey = "problem";

    const string DefaultTest = "20%";

    internal static IReadOnlyList<string> Known { get; } =
    [
        "name", "data", "test", "label", "classes", "inputs", "ignore", "missing", "picture_size", "targets", "normalization", "augmentation", "loss", "layers", "net", "batch_size", "epochs", KnownKey,
    ];

    static readonly string[] missing = ["refuse", "drop"];
    static readonly string[] targets = ["classes", "numbers"];

    public OwnProblem Read()
    {
        problem.RequireKnown("A workload of your own", Known);
        return problem[KnownKey] is { } text ? ReadKnown(text) : ReadNew();
    }

    OwnProblem ReadKnown(YamlNode text)
    {
        try
        {
            var read = OwnProblemJson.Read(text.Text(KnownKey));
            return problem["data"] is { } data ? read.At(data.Text("data"), problem["test"]?.Text("test")) : read;
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw text.Place.Mistake("the problem is damaged, or written by another version.", exception);
        }
    }

    OwnProblem ReadNew()
    {
        var dataNode = problem["data"] ?? throw problem.Place.Mistake("a workload of your own needs the key \"data\": a CSV file, an NPZ file or a folder of PNG pictures.");
        var netNode = NetNode();
        var loss = problem["loss"] is { } lossNode ? lossNode.Place.Do(() => Loss.Find(lossNode.Text("loss"))) : Loss.CrossEntropy;
        string path = PathOf(dataNode, "data");
        var kind = KindOf(dataNode, path);
        string? net = problem["net"] is null ? null : netNode.Place.Do(() => NamedNet.Find(netNode.Text("net")).Name);
        var layers = net is null ? LayerReader.Read(netNode, "layers") : [];
        var testNode = problem["test"];
        string? testPath = testNode is null || StudyFileReader.TryShare(testNode, 0, out _) ? null : PathOf(testNode, "test");
        var data = new OwnData
        {
            Path = path,
            TestPath = testPath,
            Kind = kind,
            Labels = Names("label"),
            Inputs = Names("inputs"),
            Ignored = Names("ignore"),
            DropsMissing = Choice("missing", missing) == "drop",
            PictureSize = PictureSize(kind),
        };
        data = data with { HasNumbers = HasNumbers(kind, loss) };
        var content = dataNode.Place.Do(data.Read);
        RequireKeys(kind, data, content);
        var made = new OwnProblem
        {
            Name = problem["name"] is { } name ? StudyFileReader.CheckedName(name.Text("name"), name.Place) : defaultName,
            Data = data,
            Digest = dataNode.Place.Do(() => DataDigest.Of(path)),
            TestDigest = testPath is null ? null : DataDigest.Of(testPath),
            Shape = content.Train.Shape,
            ClassNames = ClassNames(data, content),
            TrainCount = content.Train.Count,
            TestCount = content.Test?.Count ?? 0,
            DrawnTestCount = content.Test is null ? TestShare(testNode, dataNode, content.Train.Count) : 0,
            Normalization = NormalizationOf(content.Train),
            Augmentation = AugmentationOf(content.Train),
            Loss = loss,
            Layers = layers,
            Net = net,
            BatchSize = (int)(problem["batch_size"]?.Whole("batch_size", 1) ?? Math.Min(OwnProblem.DefaultBatchSize, content.Train.Count)),
            Epochs = (int)(problem["epochs"]?.Whole("epochs", 1) ?? OwnProblem.DefaultEpochs),
            Content = content,
        };
        _ = netNode.Place.Do(() => made.Workload);
        return made;
    }

    /// <summary>What says the net: one of two keys.</summary>
    YamlNode NetNode() => (problem["layers"], problem["net"]) switch
    {
        ({ }, { } net) => throw net.Place.Mistake("layers and net both say what the net is; give one of them."),
        ({ } layers, null) => layers,
        (null, { } net) => net,
        _ => throw problem.Place.Mistake("a workload of your own needs its net: layers, as in layers: [ linear: 64, relu, linear: 3 ], or for pictures in colour the name of one, as in net: resnet18."),
    };

    /// <summary>With the squared error labels are numbers, unless the user says classes.</summary>
    bool HasNumbers(OwnDataKind kind, Loss loss)
    {
        bool hasNumbers = problem["targets"] is null ? loss == Loss.SquaredError && kind != OwnDataKind.Png : Choice("targets", targets) == "numbers";
        return hasNumbers && (kind == OwnDataKind.Png || loss != Loss.SquaredError)
            ? throw problem["targets"]!.Place.Mistake(kind == OwnDataKind.Png ? "targets: the label of a picture is its folder, a class." : "targets: numbers are told by loss: squared_error.")
            : !hasNumbers && problem["label"] is YamlList { Items.Count: > 1 } several
            ? throw several.Place.Mistake("label: classes stand in one column; several are for numbers, with loss: squared_error.") : hasNumbers;
    }

    void RequireKeys(OwnDataKind kind, OwnData data, OwnDataContent content)
    {
        string[] keys = kind == OwnDataKind.Csv ? [] : kind == OwnDataKind.Npz ? ["ignore", "missing"] : ["label", "inputs", "ignore", "missing"];
        if (keys.FirstOrDefault(key => problem[key] is not null) is { } foreign)
        {
            throw problem[foreign]!.Place.Mistake($"{foreign} is for {(foreign is "label" or "inputs" ? "tables and arrays" : "tables")}, and the data are "
                + (kind == OwnDataKind.Npz ? "an NPZ file." : "a folder of pictures."));
        }

        if (kind == OwnDataKind.Npz && (data.Labels.Count > 1 || data.Inputs.Count > 1))
        {
            throw problem.Place.Mistake("of an NPZ file one array is the inputs and one the label.");
        }

        if (content.Test is not null && problem["test"] is { } share && StudyFileReader.TryShare(share, 0, out _))
        {
            throw share.Place.Mistake("the data have arrays to test on (x_test, y_test), so no share of them is drawn.");
        }
    }

    ImageSides? PictureSize(OwnDataKind kind) => problem["picture_size"] is not { } node ? null
        : kind != OwnDataKind.Png ? throw node.Place.Mistake("picture_size is for folders of pictures.")
        : ImageSides.Parse(node.Text("picture_size")) ?? throw node.Wrong("picture_size", ImageSides.Rule);

    /// <summary>Those that the user gives to labels that are numbers, in the order of the labels.</summary>
    IReadOnlyList<string> ClassNames(OwnData data, OwnDataContent content)
    {
        string[] given = Names("classes");
        return given.Length == 0 ? content.ClassNames
            : data.HasNumbers ? throw problem["classes"]!.Place.Mistake("classes: the labels are numbers to be told, which have no names.")
            : given.Length == content.ClassNames.Count ? given
            : throw problem["classes"]!.Place.Mistake($"classes must name the {content.ClassNames.Count} labels of the data in their order ({string.Join(", ", content.ClassNames.Take(5))}"
                + $"{(content.ClassNames.Count > 5 ? ", …" : "")}), got {given.Length} names.");
    }

    static int TestShare(YamlNode? node, YamlNode data, int count)
    {
        node ??= new YamlScalar(data.Place, DefaultTest, IsPlain: true);
        return StudyFileReader.TryShare(node, count, out int share) && share > 0 && share < count ? share
            : throw node.Wrong("test", $"be a file, a share of the data (20%), or a count from 1 to {count - 1}");
    }

    string NormalizationOf(LabeledImages images)
    {
        if (problem["normalization"] is not { } node)
        {
            return Normalization.Standard.Name;
        }

        return node.Place.Do(() => Normalization.Find(node.Text("normalization"), images.Shape)).Name;
    }

    string? AugmentationOf(LabeledImages images) => problem["augmentation"] is not { } node || node is YamlScalar { Text: "none" } ? null
        : images.Reals is not null || images.Shape is { Height: 1, Width: 1 } ? throw node.Place.Mistake("augmentation is for images of bytes (PNG pictures, or an array of uint8).")
        : node.Place.Do(() => Augmentation.Find(node.Text("augmentation"))).Name;

    static OwnDataKind KindOf(YamlNode node, string path) => Directory.Exists(path) ? OwnDataKind.Png : Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" or ".txt" => OwnDataKind.Csv,
        ".npz" => OwnDataKind.Npz,
        _ => throw node.Wrong("data", "be a CSV file (.csv), an NPZ file (.npz) or a folder with a folder of PNG pictures for each class"),
    };

    /// <summary>A path in a file begins at that file, one of a flag at the working folder.</summary>
    static string PathOf(YamlNode node, string key)
    {
        string text = node.Text(key);
        return text.Contains('\0') ? throw node.Wrong(key, "be a path")
            : Path.GetFullPath(text, node.Place.Line is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(node.Place.Source))!);
    }

    string[] Names(string key)
    {
        if (problem[key] is not { } node)
        {
            return [];
        }

        string[] names = [.. node.Items().Select(item => item.Text(key))];
        return names.Length > 0 && names.Distinct().Count() == names.Length ? names : throw node.Place.Mistake($"{key} must name one column or more, none twice.");
    }

    string Choice(string key, string[] choices) => problem[key] is not { } node ? choices[0]
        : node.Text(key) is var text && choices.Contains(text) ? text : throw node.Place.Mistake($"{key} \"{text}\" does not exist.{NearestName.Hint(text, choices)}");
}
