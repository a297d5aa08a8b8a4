using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = w·(x − μ)/√(σ² + ε) + b for x [N, C] or [N, H, W, C], w and b [C], with the mean μ and the biased variance σ² of each channel over all other axes:
    /// batch normalization in training. With x̂ = (x − μ)/√(σ² + ε): dx = w/√(σ² + ε)·(dy − mean(dy) − x̂·mean(dy·x̂)), dw = Σ dy·x̂, db = Σ dy.</summary>
    /// <remarks>Ioffe and Szegedy, "Batch normalization", arXiv:1502.03167.</remarks>
    /// <param name="running">Takes μ and the unbiased variance in at every replay, where its position says so.</param>
    /// <exception cref="BadInputException">Each channel has one value only.</exception>
    [Op("batch_norm")]
    public Tensor<T> BatchNorm(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running = null)
    {
        RequireChannels("batch_norm", x, weight, bias);
        return BatchNormComposed("batch_norm", x, weight, bias, epsilon, running);
    }

    /// <summary>y = max(batchnorm(x), 0), see <see cref="BatchNorm"/>; its gradients are those with dy where y &gt; 0, else 0.</summary>
    [Op("batch_norm_relu")]
    public Tensor<T> BatchNormRelu(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running = null)
    {
        RequireChannels("batch_norm_relu", x, weight, bias);
        return Relu(BatchNormComposed("batch_norm_relu", x, weight, bias, epsilon, running));
    }

    /// <summary>y = max(batchnorm(x) + addend, 0), see <see cref="BatchNorm"/>: the end of a residual block. Its gradients are those with dy where y &gt; 0, else 0, which is
    /// also the gradient by the addend.</summary>
    [Op("batch_norm_add_relu")]
    public Tensor<T> BatchNormAddRelu(
        Tensor<T> x, Tensor<T> addend, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running = null)
    {
        RequireChannels("batch_norm_add_relu", x, weight, bias);
        return AddRelu(BatchNormComposed("batch_norm_add_relu", x, weight, bias, epsilon, running), addend);
    }

    Tensor<T> BatchNormComposed(string op, Tensor<T> x, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running)
    {
        int channels = weight.Count, count = x.Count / channels;
        if (count < 2)
        {
            throw new BadInputException($"{op}: training needs more than one value per channel, got an input {x.Shape}.");
        }

        var rows = Reshape(x, new Shape(count, channels));
        var mean = Scale(SumRows(rows), 1.0 / count);
        var centered = AddRow(rows, Negate(mean));
        var variance = Scale(SumRows(Square(centered)), 1.0 / count);
        var normalized = MultiplyRow(centered, Divide(Constant(weight.Shape, 1), Sqrt(AddConstant(variance, epsilon))));
        if (running is not null)
        {
            RunInReplays(new Work(1, _ => Move(running, mean, variance, count)));
        }

        return Reshape(AddRow(MultiplyRow(normalized, weight), bias), x.Shape);
    }

    static void Move(RunningStatistics<T> running, Tensor<T> mean, Tensor<T> variance, int count)
    {
        if (!running.Position.MovesStatistics)
        {
            return;
        }

        T momentum = T.CreateTruncating(running.Momentum), unbiased = T.CreateTruncating(running.Momentum * count / (count - 1.0));
        for (int c = 0; c < mean.Count; c++)
        {
            running.Mean.Span[c] = ((T.One - momentum) * running.Mean.Span[c]) + (momentum * mean.Span[c]);
            running.Variance.Span[c] = ((T.One - momentum) * running.Variance.Span[c]) + (unbiased * variance.Span[c]);
        }
    }

    static void RequireChannels(string op, Tensor<T> x, params ReadOnlySpan<Tensor<T>> vectors)
    {
        if (x.Shape.Rank is not (2 or 4))
        {
            throw new ArgumentException($"{op}: rows [N, C] or images [N, H, W, C] are needed, got {x.Shape}.");
        }

        int channels = x.Shape[x.Shape.Rank - 1];
        foreach (var vector in vectors)
        {
            if (vector.Shape != new Shape(channels))
            {
                throw new ArgumentException($"{op}: what belongs to the channels of {x.Shape} has shape [{channels}], got {vector.Shape}.");
            }
        }
    }
}
