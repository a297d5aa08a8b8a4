using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = w·(x − μ)/√(σ² + ε) + b for x [N, C] or [N, H, W, C] and given vectors w, b, μ and σ² [C]: batch normalization in evaluation. With s = w/√(σ² + ε):
    /// dx = s·dy, dw = Σ dy·(x − μ)/√(σ² + ε), db = Σ dy, dμ = −s·db, dσ² = −w·dw/(2·(σ² + ε)).</summary>
    [Op("batch_norm_evaluation")]
    public Tensor<T> BatchNormEvaluation(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon) =>
        BatchNormEvaluation<PlainForm<T>>("batch_norm_evaluation", x, null, weight, bias, mean, variance, epsilon);

    /// <summary>y = max(batchnorm(x), 0) in one pass, see <see cref="BatchNormEvaluation"/>; its gradients are those with dy where y &gt; 0, else 0.</summary>
    [Op("batch_norm_evaluation_relu")]
    public Tensor<T> BatchNormEvaluationRelu(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon) =>
        BatchNormEvaluation<ReluForm<T>>("batch_norm_evaluation_relu", x, null, weight, bias, mean, variance, epsilon);

    /// <summary>y = max(batchnorm(x) + addend, 0) in one pass, see <see cref="BatchNormEvaluation"/>: the end of a residual block. Its gradients are those with dy where
    /// y &gt; 0, else 0, which is also the gradient by the addend.</summary>
    [Op("batch_norm_evaluation_add_relu")]
    public Tensor<T> BatchNormEvaluationAddRelu(
        Tensor<T> x, Tensor<T> addend, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon) =>
        BatchNormEvaluation<AddReluForm<T>>("batch_norm_evaluation_add_relu", x, addend, weight, bias, mean, variance, epsilon);

    Tensor<T> BatchNormEvaluation<TForm>(
        string op, Tensor<T> x, Tensor<T>? addend, Tensor<T> weight, Tensor<T> bias, Tensor<T> mean, Tensor<T> variance, double epsilon)
        where TForm : struct, INormalizationForm<T>
    {
        RequireChannels(op, x, addend, weight, bias, mean, variance);
        var y = Like(x);
        var normalization = new Normalization<T, TForm>(Arena, x, addend, y);
        Run(new Work(1, _ =>
        {
            for (int c = 0; c < weight.Count; c++)
            {
                normalization.Set(
                    c, double.CreateTruncating(mean.Span[c]), double.CreateTruncating(variance.Span[c]), epsilon, weight.Span[c], bias.Span[c]);
            }
        }));
        Run(normalization.Apply);
        return Record(op, y, addend is null ? [x, weight, bias, mean, variance] : [x, addend, weight, bias, mean, variance], (y, dy) =>
            BatchNormEvaluationGradients(x, weight, mean, variance, epsilon, TForm.IsRectified ? WherePositive(y, dy) : dy, TForm.HasAddend));
    }

    Func<Tensor<T>>?[] BatchNormEvaluationGradients(
        Tensor<T> x, Tensor<T> weight, Tensor<T> mean, Tensor<T> variance, double epsilon, Tensor<T> g, bool hasAddend)
    {
        var rows = new Shape(x.Count / weight.Count, weight.Count);
        var dz = Reshape(g, rows);
        var shifted = new Lazy<Tensor<T>>(() => AddConstant(variance, epsilon));
        var inverse = new Lazy<Tensor<T>>(() => Divide(Constant(weight.Shape, 1), Sqrt(shifted.Value)));
        var dw = new Lazy<Tensor<T>>(() => SumRows(Multiply(dz, MultiplyRow(AddRow(Reshape(x, rows), Negate(mean)), inverse.Value))));
        var db = new Lazy<Tensor<T>>(() => SumRows(dz));
        Func<Tensor<T>> dx = () => Reshape(MultiplyRow(dz, Multiply(weight, inverse.Value)), x.Shape);
        Func<Tensor<T>> mu = () => Negate(Multiply(db.Value, Multiply(weight, inverse.Value)));
        Func<Tensor<T>> sigma = () => Scale(Divide(Multiply(weight, dw.Value), shifted.Value), -0.5);
        return hasAddend
            ? [dx, () => g, () => dw.Value, () => db.Value, mu, sigma]
            : [dx, () => dw.Value, () => db.Value, mu, sigma];
    }
}
