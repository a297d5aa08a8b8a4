namespace Descent.Workloads;

/// <summary>The workloads that Descent knows by name.</summary>
public static class WorkloadCatalog
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        DigitsMlp.Workload, MnistMlp.Workload, MnistMlp.Deep, MnistMlp.DeepBatchNorm, Cifar10Nets.FullyConnected, Cifar10Nets.BatchNormCnn,
        Cifar10Nets.SimpleCnn, Cifar10Nets.Cnn, Cifar10Nets.ResNet, Cifar10Nets.SmallStemResNet,
    ];

    /// <summary>The workload of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public static Workload Find(string name) => All.FirstOrDefault(workload => workload.Name == name)
        ?? throw new BadInputException($"There is no workload \"{name}\".{NearestName.Hint(name, All.Select(workload => workload.Name))}");
}
