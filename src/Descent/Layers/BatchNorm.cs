using Descent.Tensors;

namespace Descent.Layers;

/// <summary>y = (x − μ)/√(σ² + ε)·w + b for each channel: in training with mean and biased variance of the batch (over images and pixels), in evaluation with the running ones.
/// torch.nn.BatchNorm1d for vectors, BatchNorm2d for images.</summary>
/// <remarks>running ← (1 − m)·running + m·batch, with the batch's unbiased variance. Addition of a shortcut and a ReLU right behind are done in the same pass.
/// Ioffe and Szegedy, "Batch normalization: accelerating deep network training by reducing internal covariate shift", ICML 2015, algorithm 1; PyTorch's m is 1 − the paper's.</remarks>
/// <param name="channels">C, the size of the last axis.</param>
/// <param name="epsilon">ε; 1e-5 as in PyTorch.</param>
/// <param name="momentum">m; 0.1 as in PyTorch.</param>
public sealed class BatchNorm(int channels, double epsilon = 1e-5, double momentum = 0.1) : ILayer
{
    enum Ending
    {
        None,
        Relu,
        Addition,
        AdditionAndRelu,
    }

    public string Kind => "batch_norm";

    public IReadOnlyList<ParameterInfo> Parameters { get; } =
    [
        new("weight", new Shape(channels), ParameterTraits.Weight | ParameterTraits.Normalization),
        new("bias", new Shape(channels), ParameterTraits.Bias | ParameterTraits.Normalization),
    ];

    public IReadOnlyList<ParameterInfo> Statistics { get; } =
    [
        new("running_mean", new Shape(channels), ParameterTraits.RunningStatistic),
        new("running_var", new Shape(channels), ParameterTraits.RunningStatistic) { StartValue = 1 },
    ];

    public Shape Output(Shape input) => input.Rank > 0 && input[input.Rank - 1] == channels ? input
        : throw new ArgumentException($"batch_norm: an input of {channels} channels is needed, got {input}.");

    public ILayer? FuseWith(ILayer next) => next switch
    {
        Activation { Name: "relu" } => new Fused(this, Ending.Relu),
        Addition => new Fused(this, Ending.Addition),
        _ => null,
    };

    public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Forward(pass, x, Ending.None);

    Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x, Ending ending) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (tape, weight, bias, mean, variance) = (pass.Tape, pass.Parameters[0], pass.Parameters[1], pass.Statistics[0], pass.Statistics[1]);
        if (pass.Mode == Mode.Evaluation)
        {
            return ending switch
            {
                Ending.None => tape.BatchNormEvaluation(x, weight, bias, mean, variance, epsilon),
                Ending.Relu => tape.BatchNormEvaluationRelu(x, weight, bias, mean, variance, epsilon),
                Ending.Addition => tape.Add(tape.BatchNormEvaluation(x, weight, bias, mean, variance, epsilon), pass.Shortcut!),
                _ => tape.BatchNormEvaluationAddRelu(x, pass.Shortcut!, weight, bias, mean, variance, epsilon),
            };
        }

        var running = new RunningStatistics<T>(mean, variance, momentum, pass.Position);
        return ending switch
        {
            Ending.None => tape.BatchNorm(x, weight, bias, epsilon, running),
            Ending.Relu => tape.BatchNormRelu(x, weight, bias, epsilon, running),
            Ending.Addition => tape.Add(tape.BatchNorm(x, weight, bias, epsilon, running), pass.Shortcut!),
            _ => tape.BatchNormAddRelu(x, pass.Shortcut!, weight, bias, epsilon, running),
        };
    }

    sealed class Fused(BatchNorm norm, Ending ending) : ILayer
    {
        public string Kind => $"{norm.Kind}{(ending == Ending.Relu ? "" : ", add")}{(ending == Ending.Addition ? "" : ", relu")}";

        public IReadOnlyList<ParameterInfo> Parameters => norm.Parameters;

        public IReadOnlyList<ParameterInfo> Statistics => norm.Statistics;

        public Shape Output(Shape input) => norm.Output(input);

        public ILayer? FuseWith(ILayer next) =>
            ending == Ending.Addition && next is Activation { Name: "relu" } ? new Fused(norm, Ending.AdditionAndRelu) : null;

        public Tensor<T> Forward<T>(LayerPass<T> pass, Tensor<T> x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => norm.Forward(pass, x, ending);
    }
}
