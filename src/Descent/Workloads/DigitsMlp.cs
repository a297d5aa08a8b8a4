using Descent.Data;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads;

/// <summary>The handwritten digits of 8×8 pixels that ship with the project, and a small multilayer perceptron.</summary>
static class DigitsMlp
{
    /// <remarks>Input x/16. Target: 95 % of the test images, which SGD, momentum, RMSprop and Adam in tune reach after 2 to 14 epochs; they end at
    /// 96 to 98 %.</remarks>
    public static Workload Workload { get; } = new("digits-mlp", "UCI digits 8×8, MLP 64-64-10 with ReLU", DataSet: "digits",
        Normalization.Digits, BatchSize: 32, Epochs: 20, TargetAccuracy: 0.95, MlpWorkload.Options(64), MlpWorkload.Build(Mlp.Numbered, new Shape(64), 10));
}
