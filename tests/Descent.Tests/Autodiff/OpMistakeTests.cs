using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Autodiff;

public sealed class OpMistakeTests : IDisposable
{
    static readonly (string Message, Func<Tape<float>, Tensor<float>> Call)[] Mistakes =
    [
        ("add: shapes [2, 3] and [3, 2] differ.", tape => tape.Add(tape.Tensor(2, 3), tape.Tensor(3, 2))),
        ("subtract: shapes [6] and [2, 3] differ.", tape => tape.Subtract(tape.Tensor(6), tape.Tensor(2, 3))),
        ("multiply: shapes [2] and [3] differ.", tape => tape.Multiply(tape.Tensor(2), tape.Tensor(3))),
        ("divide: shapes [2] and [] differ.", tape => tape.Divide(tape.Tensor(2), tape.Tensor())),
        ("where_positive: shapes [2] and [1, 2] differ.", tape => tape.WherePositive(tape.Tensor(2), tape.Tensor(1, 2))),
        ("matmul: [5, 6] by [5, 6]: inner sizes 6 and 5 differ.", tape => tape.MatMul(tape.Tensor(5, 6), tape.Tensor(5, 6))),
        ("matmul_left: [5, 6] by [6, 5]: inner sizes 5 and 6 differ.", tape => tape.MatMulLeft(tape.Tensor(5, 6), tape.Tensor(6, 5))),
        ("matmul_right: [5, 6] by [6, 5]: inner sizes 6 and 5 differ.", tape => tape.MatMulRight(tape.Tensor(5, 6), tape.Tensor(6, 5))),
        ("matmul: two matrices are needed, got [5] and [5, 6].", tape => tape.MatMul(tape.Tensor(5), tape.Tensor(5, 6))),
        ("linear: [5, 6] by [7, 5]: inner sizes 6 and 5 differ.",
            tape => tape.Linear(tape.Tensor(5, 6), tape.Tensor(7, 5), tape.Tensor(7))),
        ("linear: the bias of a weight [7, 6] has shape [7], got [6].",
            tape => tape.Linear(tape.Tensor(5, 6), tape.Tensor(7, 6), tape.Tensor(6))),
        ("linear_relu: the bias of a weight [7, 6] has shape [7], got [1, 7].",
            tape => tape.LinearRelu(tape.Tensor(5, 6), tape.Tensor(7, 6), tape.Tensor(1, 7))),
        ("sum_rows: a matrix is needed, got [4].", tape => tape.SumRows(tape.Tensor(4))),
        ("sum_columns: a matrix is needed, got [4, 1, 1].", tape => tape.SumColumns(tape.Tensor(4, 1, 1))),
        ("repeat_row: a vector is needed, got [2, 2].", tape => tape.RepeatRow(tape.Tensor(2, 2), 3)),
        ("repeat_column: a vector is needed, got [].", tape => tape.RepeatColumn(tape.Tensor(), 3)),
        ("repeat: a scalar is needed, got [1].", tape => tape.Repeat(tape.Tensor(1), new Shape(3))),
        ("reshape: [2, 3] has 6 elements, [4] has 4.", tape => tape.Reshape(tape.Tensor(2, 3), new Shape(4))),
        ("transpose: a matrix is needed, got [3].", tape => tape.Transpose(tape.Tensor(3))),
        ("softmax: a matrix is needed, got [3].", tape => tape.Softmax(tape.Tensor(3))),
        ("log_softmax: a matrix is needed, got [3].", tape => tape.LogSoftmax(tape.Tensor(3))),
        ("log_sum_exp: a matrix is needed, got [3].", tape => tape.LogSumExp(tape.Tensor(3))),
        ("softmax_cross_entropy: a matrix is needed, got [3].", tape => tape.SoftmaxCrossEntropy(tape.Tensor(3), tape.Labels(3))),
        ("add_relu: shapes [2] and [3] differ.", tape => tape.AddRelu(tape.Tensor(2), tape.Tensor(3))),
        ("multiply_row: a row of [4, 3] has shape [3], got [4].", tape => tape.MultiplyRow(tape.Tensor(4, 3), tape.Tensor(4))),
        ("add_row: a matrix is needed, got [3].", tape => tape.AddRow(tape.Tensor(3), tape.Tensor(3))),
        ("max_pool2d: images [N, H, W, C] are needed, got [4, 3].", tape => tape.MaxPool2d(tape.Tensor(4, 3), 2, 2, 0)),
        ("max_pool2d: size and stride must be at least 1 and padding 0 to half of the size, got 3, 1 and 2.",
            tape => tape.MaxPool2d(tape.Tensor(1, 8, 8, 1), 3, 1, 2)),
        ("max_pool2d: size must be at most 15, got 16.", tape => tape.MaxPool2d(tape.Tensor(1, 20, 20, 1), 16, 1, 0)),
        ("max_pool2d: windows of 4 by 4 are larger than images [1, 8, 3, 1] with padding 0.", tape => tape.MaxPool2d(tape.Tensor(1, 8, 3, 1), 4, 1, 0)),
        ("average_pool2d: size and stride must be at least 1 and padding 0 to half of the size, got 2, 0 and 0.",
            tape => tape.AveragePool2d(tape.Tensor(1, 8, 8, 1), 2, 0, 0)),
        ("global_average_pool2d: images [N, H, W, C] are needed, got [4, 3].", tape => tape.GlobalAveragePool2d(tape.Tensor(4, 3))),
        ("resize: images [N, H, W, C] are needed, got [4, 3].", tape => tape.Resize(tape.Tensor(4, 3), 2, 2)),
        ("resize: height and width must be at least 1, got 0 and 2.", tape => tape.Resize(tape.Tensor(1, 8, 8, 1), 0, 2)),
        ("batch_norm: rows [N, C] or images [N, H, W, C] are needed, got [4, 3, 2].",
            tape => tape.BatchNorm(tape.Tensor(4, 3, 2), tape.Tensor(2), tape.Tensor(2), 1e-5)),
        ("batch_norm_relu: what belongs to the channels of [4, 3] has shape [3], got [4].",
            tape => tape.BatchNormRelu(tape.Tensor(4, 3), tape.Tensor(3), tape.Tensor(4), 1e-5)),
        ("batch_norm_add_relu: the shapes [4, 3] of the input and [3, 4] of the addend differ.",
            tape => tape.BatchNormAddRelu(tape.Tensor(4, 3), tape.Tensor(3, 4), tape.Tensor(3), tape.Tensor(3), 1e-5)),
        ("batch_norm_evaluation: what belongs to the channels of [4, 3] has shape [3], got [2].",
            tape => tape.BatchNormEvaluation(tape.Tensor(4, 3), tape.Tensor(3), tape.Tensor(3), tape.Tensor(3), tape.Tensor(2), 1e-5)),
        ("dropout: the layer must be 0 to 65535, got -1.", tape => tape.Dropout(tape.Tensor(4, 3), 0.5, new StepPosition(0), -1)),
        ("softmax_cross_entropy: [4, 3] needs 4 labels, got 3.", tape => tape.SoftmaxCrossEntropy(tape.Tensor(4, 3), tape.Labels(3))),
    ];

    readonly WorkerPool pool = new(1);
    readonly Executor executor;
    readonly Tape<float> tape;

    public OpMistakeTests()
    {
        executor = pool.CreateExecutor();
        tape = new Tape<float>(executor);
    }

    public static TheoryData<string> Messages => [.. Mistakes.Select(mistake => mistake.Message)];

    public void Dispose()
    {
        tape.Dispose();
        executor.Dispose();
        pool.Dispose();
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void WrongShapesAreRefused(string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Mistakes.Single(x => x.Message == message).Call(tape)).Message);

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    public void ALabelThatIsNoClassIsRefused(int label)
    {
        var (x, labels) = (tape.Tensor(2, 3), tape.Labels(2));
        labels.Span[1] = label;

        var loss = Assert.Throws<ArgumentOutOfRangeException>(() => tape.SoftmaxCrossEntropy(x, labels));
        var hot = Assert.Throws<ArgumentOutOfRangeException>(() => tape.OneHot(labels, 3));
        Assert.StartsWith($"softmax_cross_entropy: label {label} is none of 3 classes.", loss.Message, StringComparison.Ordinal);
        Assert.StartsWith($"one_hot: label {label} is none of 3 classes.", hot.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpWithoutAGradientThrowsAndNamesItself()
    {
        var x = tape.Tensor(3);
        tape.Watch(x);
        var rounded = tape.Record("round", tape.Tensor(3), [x], backward: null);

        Assert.Equal("round has no gradient.", Assert.Throws<InvalidOperationException>(() => tape.Gradient(tape.Sum(rounded), x)).Message);
    }

    [Fact]
    public void AGradientIsTakenOfANumber()
    {
        var x = tape.Tensor(3);
        tape.Watch(x);

        Assert.Equal("A gradient is taken of a single number; the loss has shape [3].",
            Assert.Throws<ArgumentException>(() => tape.Gradient(tape.Exp(x), x)).Message);
    }

    [Fact]
    public void AFastGradientIsNotDifferentiatedAgain()
    {
        var x = tape.Tensor(new Shape(3), [1, 2, 3]);
        tape.Watch(x);
        var loss = tape.Sum(tape.Multiply(tape.Square(x), x));
        var gradient = tape.Gradient(loss, x)[0];

        Assert.Equal("What Gradient computed cannot be differentiated again; take it from DifferentiableGradient.",
            Assert.Throws<InvalidOperationException>(() => tape.Gradient(tape.Sum(gradient), x)).Message);
        Assert.Equal([6, 12, 18], tape.Gradient(tape.Sum(tape.DifferentiableGradient(loss, x)[0]), x)[0].Span.ToArray());
    }

    [Fact]
    public void ATensorWithoutInfluenceHasTheGradientZero()
    {
        Tensor<float> x = tape.Tensor(3), other = tape.Tensor(2, 2);
        tape.Watch(x);
        tape.Watch(other);

        Assert.Equal([0, 0, 0, 0], tape.Gradient(tape.Sum(x), other)[0].Span.ToArray());
    }
}
