using Descent.Tensors;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = w·(x − mean)/√(variance + ε) + b for x [N, C] or [N, H, W, C] and vectors [C]: batch normalization by given statistics. Linear in x.</summary>
    [Op("batch_norm_evaluation")]
    public Tensor<T> BatchNormEvaluation(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon)
    {
        RequireChannels("batch_norm_evaluation", x, weight, bias, mean, variance);
        return BatchNormEvaluationComposed(x, weight, bias, mean, variance, epsilon);
    }

    /// <summary>y = max(batchnorm(x), 0), see <see cref="BatchNormEvaluation"/>.</summary>
    [Op("batch_norm_evaluation_relu")]
    public Tensor<T> BatchNormEvaluationRelu(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon)
    {
        RequireChannels("batch_norm_evaluation_relu", x, weight, bias, mean, variance);
        return Relu(BatchNormEvaluationComposed(x, weight, bias, mean, variance, epsilon));
    }

    /// <summary>y = max(batchnorm(x) + addend, 0), see <see cref="BatchNormEvaluation"/>: the end of a residual block.</summary>
    [Op("batch_norm_evaluation_add_relu")]
    public Tensor<T> BatchNormEvaluationAddRelu(
        Tensor<T> x, Tensor<T> addend, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon)
    {
        RequireChannels("batch_norm_evaluation_add_relu", x, weight, bias, mean, variance);
        return AddRelu(BatchNormEvaluationComposed(x, weight, bias, mean, variance, epsilon), addend);
    }

    Tensor<T> BatchNormEvaluationComposed(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon)
    {
        var rows = Reshape(x, new Shape(x.Count / weight.Count, weight.Count));
        var scale = Divide(weight, Sqrt(AddConstant(variance, epsilon)));
        return Reshape(AddRow(MultiplyRow(AddRow(rows, Negate(mean)), scale), bias), x.Shape);
    }
}
