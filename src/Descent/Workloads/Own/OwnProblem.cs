using Descent.Data;
using Descent.Data.Own;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads.Own;

/// <summary>A user's own pair of data and net. Everything of it but the places of its files decides a trial's numbers.</summary>
public sealed record OwnProblem
{
    public const int DefaultBatchSize = 32, DefaultEpochs = 20;

    Lazy<OwnDataContent>? content;
    Workload? workload;

    public required string Name { get; init; }

    public required OwnData Data { get; init; }

    /// <summary>SHA-256 of the data; see <see cref="DataDigest"/>.</summary>
    public required string Digest { get; init; }

    /// <summary>That of the data to test on; null where these are drawn.</summary>
    public string? TestDigest { get; init; }

    /// <summary>Of one image, or of a row.</summary>
    public required ImageShape Shape { get; init; }

    /// <summary>The classes, or the names of the numbers to tell.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Images of the data to train on, those among them that are drawn to test on.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Images of the data to test on that have a file of their own.</summary>
    public int TestCount { get; init; }

    /// <summary>Images that a study's split seed draws to test on.</summary>
    public int DrawnTestCount { get; init; }

    public required string Normalization { get; init; }

    /// <summary>Null for none.</summary>
    public string? Augmentation { get; init; }

    public required Loss Loss { get; init; }

    /// <summary>The net from the input to the outputs; none where <see cref="Net"/> names it.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; init; } = [];

    /// <summary>The name of one of <see cref="NamedNet.All"/>; null where the net is <see cref="Layers"/>.</summary>
    public string? Net { get; init; }

    /// <summary>Where neither study nor command say so.</summary>
    public int BatchSize { get; init; } = DefaultBatchSize;

    /// <inheritdoc cref="BatchSize"/>
    public int Epochs { get; init; } = DefaultEpochs;

    /// <summary>The problem as all commands take it.</summary>
    public Workload Workload => workload ??= MakeWorkload();

    /// <summary>The data as they were read when the problem was made, so that they are not read again.</summary>
    public OwnDataContent Content { init => content = new(value); }

    /// <summary>The same problem with its data at another place.</summary>
    public OwnProblem At(string path, string? testPath) => this with { Data = Data with { Path = path, TestPath = testPath }, content = null, workload = null };

    // A problem and its workload hold each other: to compare all their values would not end.
    public bool Equals(OwnProblem? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Digest.GetHashCode(StringComparison.Ordinal);

    Workload MakeWorkload()
    {
        var normalization = Descent.Data.Normalization.Find(Normalization);
        var data = new DataSetDescription(Name, Name, Data.Path ?? $"SHA-256 {Digest}", "your own", Shape, ClassNames, TrainCount, TestCount, DrawnTestCount, normalization,
            Files: [], _ => Parts());
        var input = Data.Kind == OwnDataKind.Csv || Shape is { Height: 1, Width: 1 } ? new Shape(Shape.Channels) : new Shape(Shape.Height, Shape.Width, Shape.Channels);
        var net = Net is null ? null : NamedNet.Find(Net);
        var made = new Workload(Name, $"your own: {Title}", Name, normalization, BatchSize, Epochs, TargetAccuracy: null, ModelOptions: net is null ? [] : OwnNet.Options(Shape),
            options => net is null ? LayerList.Build(input, Layers, ClassNames.Count, Loss) : OwnNet.Build(net, input, options, ClassNames.Count, Loss))
        {
            Loss = Loss,
            Metric = Data.HasNumbers ? "r2" : "accuracy",
            Augmentation = Augmentation is null ? null : Descent.Data.Augmentation.Find(Augmentation),
            Problem = this,
            OwnData = data,
        };
        _ = made.CreateModel();
        return made;
    }

    string Title => $"{(Data.Path is { } path ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) : $"data {Digest[..8]}")}, {Shape}, {Net ?? $"{Layers.Count} layers"}";

    (LabeledImages Train, LabeledImages? Test) Parts()
    {
        // A file that was missing may be there the next time: no mistake is kept.
        content ??= new(ReadAgain, LazyThreadSafetyMode.PublicationOnly);
        return (content.Value.Train, content.Value.Test);
    }

    OwnDataContent ReadAgain()
    {
        Require(Data.Path, Digest);
        if (TestDigest is not null && Data.TestPath is not null)
        {
            Require(Data.TestPath, TestDigest);
        }

        return Data.Read();
    }

    void Require(string? path, string digest)
    {
        if (path is null || DataDigest.Of(path) != digest)
        {
            throw new BadInputException(path is null ? $"{Name}: where the data of SHA-256 {digest} lie is not known here; name the file of the study that has them."
                : $"{path} has changed: its SHA-256 is not {digest} any more.");
        }
    }
}
