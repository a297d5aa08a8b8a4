using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y = w·(x − μ)/√(σ² + ε) + b for x [N, C] or [N, H, W, C], w and b [C], with the mean μ and the biased variance σ² of each channel over all other axes:
    /// batch normalization in training. With x̂ = (x − μ)/√(σ² + ε): dx = w/√(σ² + ε)·(dy − mean(dy) − x̂·mean(dy·x̂)), dw = Σ dy·x̂, db = Σ dy.</summary>
    /// <remarks>Ioffe and Szegedy, "Batch normalization", arXiv:1502.03167. The gradient is two passes over x and dy; where it shall be differentiated again, it is composed
    /// of ops.</remarks>
    /// <param name="running">Takes μ and the unbiased variance in at every replay, where its position says so.</param>
    /// <exception cref="BadInputException">Each channel has one value only.</exception>
    [Op("batch_norm")]
    public Tensor<T> BatchNorm(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running = null) =>
        BatchNorm<PlainForm<T>>("batch_norm", x, null, weight, bias, epsilon, running);

    /// <summary>y = max(batchnorm(x), 0) in one pass, see <see cref="BatchNorm"/>; its gradients are those with dy where y &gt; 0, else 0.</summary>
    [Op("batch_norm_relu")]
    public Tensor<T> BatchNormRelu(Tensor<T> x, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running = null) =>
        BatchNorm<ReluForm<T>>("batch_norm_relu", x, null, weight, bias, epsilon, running);

    /// <summary>y = max(batchnorm(x) + addend, 0) in one pass, see <see cref="BatchNorm"/>: the end of a residual block. Its gradients are those with dy where y &gt; 0,
    /// else 0, which is also the gradient by the addend.</summary>
    [Op("batch_norm_add_relu")]
    public Tensor<T> BatchNormAddRelu(
        Tensor<T> x, Tensor<T> addend, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running = null) =>
        BatchNorm<AddReluForm<T>>("batch_norm_add_relu", x, addend, weight, bias, epsilon, running);

    Tensor<T> BatchNorm<TForm>(string op, Tensor<T> x, Tensor<T>? addend, Tensor<T> weight, Tensor<T> bias, double epsilon, RunningStatistics<T>? running)
        where TForm : struct, INormalizationForm<T>
    {
        RequireChannels(op, x, addend, weight, bias);
        if (x.Count == weight.Count)
        {
            throw new BadInputException($"{op}: training needs more than one value per channel, got an input {x.Shape}.");
        }

        var y = Like(x);
        var forward = new BatchNormalization<T, TForm>(Arena, x, addend, weight, bias, epsilon, y);
        forward.Record(this);
        if (running is not null)
        {
            RequireChannels(op, x, null, running.Mean, running.Variance);
            RunInReplays(forward.Move(running));
        }

        return Record(op, y, addend is null ? [x, weight, bias] : [x, addend, weight, bias], (y, dy) => isRecording
            ? BatchNormGradients(x, weight, epsilon, TForm.IsRectified ? WherePositive(y, dy) : dy, TForm.HasAddend)
            : BatchNormGradients(op, forward, dy));
    }

    /// <summary>Two passes: the sums over each channel, and dx.</summary>
    Func<Tensor<T>>?[] BatchNormGradients<TForm>(string op, BatchNormalization<T, TForm> forward, Tensor<T> dy) where TForm : struct, INormalizationForm<T>
    {
        var (x, weight) = (forward.Normalization.X, forward.Weight);
        var (dw, db, g) = (Like(weight), Like(weight), TForm.HasAddend ? Like(dy) : null);
        var sums = new Lazy<BatchNormalizationGradient<T, TForm>>(() =>
        {
            var gradient = new BatchNormalizationGradient<T, TForm>(Arena, forward, dy, dw, db, g);
            gradient.RecordSums(this);
            return gradient;
        });
        Func<Tensor<T>> input = () =>
        {
            var dx = Like(x);
            Run(sums.Value.Input(dx));
            return Final(dx);
        };
        return TForm.HasAddend
            ? [input, () => AfterSums(g!), () => AfterSums(dw), () => AfterSums(db)]
            : [input, () => AfterSums(dw), () => AfterSums(db)];

        Tensor<T> AfterSums(Tensor<T> gradient)
        {
            _ = sums.Value;
            return Final(gradient);
        }

        Tensor<T> Final(Tensor<T> gradient) => Record($"{op}_gradient", gradient, [x, weight, dy], backward: null);
    }

    /// <summary>The same composed of ops, from the gradient g by the normalization's output.</summary>
    Func<Tensor<T>>?[] BatchNormGradients(Tensor<T> x, Tensor<T> weight, double epsilon, Tensor<T> g, bool hasAddend)
    {
        int count = x.Count / weight.Count;
        var rows = new Shape(count, weight.Count);
        var all = new Lazy<(Tensor<T> X, Tensor<T> Weight, Tensor<T> Bias)>(() =>
        {
            var dz = Reshape(g, rows);
            var centered = Centered(Reshape(x, rows));
            var inverse = Divide(Constant(weight.Shape, 1), Sqrt(AddConstant(Scale(SumRows(Square(centered)), 1.0 / count), epsilon)));
            var normalized = MultiplyRow(centered, inverse);
            var dw = SumRows(Multiply(dz, normalized));
            var dx = MultiplyRow(Subtract(Centered(dz), MultiplyRow(normalized, Scale(dw, 1.0 / count))), Multiply(weight, inverse));
            return (Reshape(dx, x.Shape), dw, SumRows(dz));
        });
        return hasAddend
            ? [() => all.Value.X, () => g, () => all.Value.Weight, () => all.Value.Bias]
            : [() => all.Value.X, () => all.Value.Weight, () => all.Value.Bias];
    }

    /// <summary>x [n, m] less the mean of each column.</summary>
    Tensor<T> Centered(Tensor<T> x) => AddRow(x, Scale(SumRows(x), -1.0 / x.Shape[0]));

    static void RequireChannels(string op, Tensor<T> x, Tensor<T>? addend, params ReadOnlySpan<Tensor<T>> vectors)
    {
        if (x.Shape.Rank is not (2 or 4))
        {
            throw new ArgumentException($"{op}: rows [N, C] or images [N, H, W, C] are needed, got {x.Shape}.");
        }

        if (addend is not null && addend.Shape != x.Shape)
        {
            throw new ArgumentException($"{op}: the shapes {x.Shape} of the input and {addend.Shape} of the addend differ.");
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
