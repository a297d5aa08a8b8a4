namespace Descent.Benchmarks.Steps;

/// <summary>What a measured step does.</summary>
enum StepKind
{
    /// <summary>Forward, loss, backward, update.</summary>
    Bare,

    /// <summary>The training loop's step: the batch from bytes and the gradient's norm too.</summary>
    Whole,

    /// <summary>Loss and predictions of ten batches.</summary>
    Evaluation,
}

/// <summary>A measured step of a workload.</summary>
/// <param name="IsExact">Whether convolutions are summed tap by tap, without Winograd's transforms.</param>
readonly record struct StepCase(string Workload, int BatchSize, StepKind Kind, bool IsExact)
{
    static readonly (string Name, string Workload, int BatchSize)[] nets =
        [("mlp", "mnist-mlp", 128), ("cnn", "cifar10-cnn", 256), ("simple-cnn", "cifar10-simple-cnn", 128), ("resnet18", "cifar10-resnet18", 128)];

    /// <summary>Names of the nets: <c>NET</c>, <c>NET-whole</c>, <c>NET-evaluation</c>, each also with <c>-exact</c> at its end.</summary>
    public static IEnumerable<string> Nets => nets.Select(net => net.Name);

    /// <summary>The step of a name, or null.</summary>
    public static StepCase? Find(string name)
    {
        bool isExact = name.EndsWith("-exact", StringComparison.Ordinal);
        string rest = isExact ? name[..^"-exact".Length] : name;
        foreach (var net in nets)
        {
            StepKind? kind = rest == net.Name ? StepKind.Bare : rest == $"{net.Name}-whole" ? StepKind.Whole : rest == $"{net.Name}-evaluation" ? StepKind.Evaluation : null;
            if (kind is { } known)
            {
                return new StepCase(net.Workload, net.BatchSize, known, isExact);
            }
        }

        return null;
    }
}
