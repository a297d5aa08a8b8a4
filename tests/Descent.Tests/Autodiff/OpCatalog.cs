using System.Numerics;
using System.Reflection;
using Descent.Autodiff;
using Descent.Tensors;
using static Descent.Tests.Autodiff.Naive;

namespace Descent.Tests.Autodiff;

/// <summary>A row for every op, and a second one where a large tensor runs through other code (several chunks, deep sums).</summary>
static class OpCatalog
{
    // 33,410 numbers: three chunks, the last one with a rest that fills no vector.
    static readonly int[] Small = [5, 7];
    static readonly int[] Large = [130, 257];

    public static OpCase[] Rows { get; } =
    [
        .. Both("add", Pair((a, b) => a + b)),
        .. Both("subtract", Pair((a, b) => a - b)),
        .. Both("multiply", Pair((a, b) => a * b)),
        .. Both("divide", Pair((a, b) => a / b)).Select(row => row with { Gap = 0.5 }),
        .. Both("where_positive", Pair((a, b) => a > 0 ? b : 0)).Select(row => row with { Gap = 0.1 }),
        .. One("negate", Each(x => -x)),
        .. One("scale", Each(x => 2.5 * x), 2.5),
        .. One("add_constant", Each(x => x - 0.75), -0.75),
        .. One("square", Each(x => x * x)),
        .. One("sqrt", Each(Math.Sqrt)).Select(row => row with { Low = 0.5, High = 3 }),
        .. One("exp", Each(Math.Exp)),
        .. One("log", Each(Math.Log)).Select(row => row with { Low = 0.5, High = 3 }),
        .. One("absolute", Each(Math.Abs)).Select(row => row with { Gap = 0.1 }),
        .. One("relu", Each(x => Math.Max(x, 0))).Select(row => row with { Gap = 0.1 }),
        .. One("tanh", Each(Math.Tanh)),
        .. One("sigmoid", Each(x => 1 / (1 + Math.Exp(-x)))),
        .. One("gelu", Each(x => x * NormalDistribution(x))),
        .. One("gelu_slope", Each(x => NormalDistribution(x) + (x * NormalDensity(x)))),
        .. One("normal_density", Each(NormalDensity)),
        .. One("gelu_tanh", Each(x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))))),
        .. One("sum", x => [x[0].Sum()]),
        .. One("mean", x => [x[0].Average()]),
        .. One("reshape", x => x[0], new Shape(35)).Take(1),
        new("repeat", [[]], x => [.. Enumerable.Repeat(x[0][0], 260)], new Shape(4, 65)),
        new("sum_rows", [[4, 300]], x => Matrix(1, 300, (_, j) => Enumerable.Range(0, 4).Sum(i => x[0][(300 * i) + j]))),
        new("repeat_row", [[300]], x => Matrix(4, 300, (_, j) => x[0][j]), 4),
        new("sum_columns", [[90, 300]], Naive.Rows(300, row => [row.Sum()])),
        new("repeat_column", [[90]], x => Matrix(90, 300, (i, _) => x[0][i]), 300),
        new("transpose", [[37, 70]], x => Matrix(70, 37, (i, j) => x[0][(70 * j) + i])),
        new("softmax", [[90, 300]], Naive.Rows(300, row => row.Select(value => Math.Exp(value - LogSumExp(row))))),
        new("log_softmax", [[90, 300]], Naive.Rows(300, row => row.Select(value => value - LogSumExp(row)))),
        new("log_sum_exp", [[90, 300]], Naive.Rows(300, row => [LogSumExp(row)])),
        new("one_hot", [], _ => [0, 0, 1, 0, 1, 0, 1, 0, 0], (int[])[2, 1, 0], 3),
        .. Products(4, 5, 3),
        .. Products(37, 1100, 21),
        new("multiply_row", [[90, 300], [300]], x => Matrix(90, 300, (i, j) => x[0][(300 * i) + j] * x[1][j])),
        new("add_row", [[90, 300], [300]], x => Matrix(90, 300, (i, j) => x[0][(300 * i) + j] + x[1][j])),
        .. Both("add_relu", Pair((a, b) => Math.Max(a + b, 0))).Select(row => row with { Gap = 0.2, Adjust = x => x[1] = [.. x[0].Zip(x[1], (a, b) => a * Math.Abs(b))] }),
        .. ConvolutionCases.Rows,
        .. PoolingCases.Rows,
        .. ResizeCases.Rows,
        .. BatchNormCases.Rows,
        .. DropoutCases.Rows,
        new("softmax_cross_entropy", [[5, 3]], x => CrossEntropy(x[0], [2, 0, 1, 1, 2], 3), (int[])[2, 0, 1, 1, 2]),
        new("softmax_cross_entropy", [[900, 10]], x => CrossEntropy(x[0], ManyLabels, 10), ManyLabels),
    ];

    static int[] ManyLabels => [.. Enumerable.Range(0, 900).Select(i => i * i % 11 % 10)];

    public static IEnumerable<MethodInfo> Methods<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        typeof(Tape<T>).GetMethods().Where(method => method.GetCustomAttribute<OpAttribute>() is not null);

    static OpCase[] One(string op, Func<double[][], double[]> expected, params object[] arguments) =>
        [new(op, [Small], expected, arguments), new(op, [Large], expected, arguments)];

    static OpCase[] Both(string op, Func<double[][], double[]> expected) =>
        [new(op, [Small, Small], expected), new(op, [Large, Large], expected)];

    static OpCase[] Products(int n, int k, int m) =>
    [
        new("matmul", [[n, k], [k, m]], x => Product(n, k, m, (i, l) => x[0][(i * k) + l], (l, j) => x[1][(l * m) + j])),
        new("matmul_left", [[k, n], [k, m]], x => Product(n, k, m, (i, l) => x[0][(l * n) + i], (l, j) => x[1][(l * m) + j])),
        new("matmul_right", [[n, k], [m, k]], x => Product(n, k, m, (i, l) => x[0][(i * k) + l], (l, j) => x[1][(j * k) + l])),
        new("linear", [[n, k], [m, k], [m]], x => Linear(x, n, k, m)),

        new("linear_relu", [[n, k], [m, k], [m]], x => [.. Linear(x, n, k, m).Select(value => Math.Max(value, 0))])
        {
            Low = 0.2, High = 1, Adjust = x => Checker(x, n, k, m),
        },
    ];

    static double[] Linear(double[][] x, int n, int k, int m) =>
        Matrix(n, m, (i, j) => x[2][j] + Enumerable.Range(0, k).Sum(l => x[0][(i * k) + l] * x[1][(j * k) + l]));

    /// <summary>Gives the outputs of a linear layer the signs of a checkerboard, so that none lies near the kink of ReLU.</summary>
    static void Checker(double[][] x, int n, int k, int m)
    {
        x[0] = Matrix(n, k, (i, l) => x[0][(i * k) + l] * (i % 2 == 0 ? 1 : -1));
        x[1] = Matrix(m, k, (j, l) => x[1][(j * k) + l] * (j % 2 == 0 ? 1 : -1));
        x[2] = [.. x[2].Select(value => 0.1 * value)];
    }

    static double[] CrossEntropy(double[] x, int[] labels, int classes) =>
        [x.Chunk(classes).Zip(labels, (row, label) => LogSumExp(row) - row[label]).Average()];
}
