using Descent.Data;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads;

/// <summary>MNIST and the multilayer perceptrons of a notebook on gradient dynamics.</summary>
/// <remarks>Input (x/255 − 0.1307)/0.3081. Target: 97 % of the test images, which SGD, momentum and Adam in tune reach after 3 or 4
/// epochs; they end at 97.5 to 98 %.</remarks>
static class MnistMlp
{
    static readonly Shape input = new(784);

    public static Workload Workload { get; } = new("mnist-mlp", "MNIST 28×28, MLP 784-128-10 with ReLU", DataSet: "mnist",
        Normalization.Mnist, BatchSize: 128, Epochs: 10, TargetAccuracy: 0.97, MlpWorkload.Options(128), MlpWorkload.Build(Mlp.Numbered, input, 10));

    public static Workload Deep { get; } = new("mnist-deep-mlp", "MNIST 28×28, MLP 784-256-128-64-32-10 with ReLU", DataSet: "mnist",
        Normalization.Mnist, BatchSize: 128, Epochs: 10, TargetAccuracy: 0.97, MlpWorkload.Options(256, 128, 64, 32),
        MlpWorkload.Build(Mlp.Sequential, input, 10));

    public static Workload DeepBatchNorm { get; } = new("mnist-deep-mlp-bn", "MNIST 28×28, MLP 784-256-128-64-32-10 with batch norm and ReLU", DataSet: "mnist",
        Normalization.Mnist, BatchSize: 128, Epochs: 10, TargetAccuracy: 0.97, MlpWorkload.Options(256, 128, 64, 32),
        MlpWorkload.Build(Mlp.SequentialBatchNorm, input, 10));
}
