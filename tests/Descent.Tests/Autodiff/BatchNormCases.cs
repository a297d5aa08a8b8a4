namespace Descent.Tests.Autodiff;

/// <summary>Rows of the op catalog for batch normalization, of rows [N, C] and of images [N, H, W, C].</summary>
static class BatchNormCases
{
    const double Epsilon = 1e-3;

    public static OpCase[] Rows { get; } = [.. Of([7, 5]), .. Of([2, 3, 4, 19]), .. Of([3, 30, 20, 40])];

    static OpCase[] Of(int[] shape)
    {
        int[] c = [shape[^1]];
        return
        [
            new("batch_norm", [shape, c, c], v => Normalize(v[0], v[1], v[2], null, null), Epsilon, Type.Missing),
            new("batch_norm_relu", [shape, c, c], v => Relu(Normalize(v[0], v[1], v[2], null, null)), Epsilon, Type.Missing) { Adjust = v => Separate(v, 1) },
            new("batch_norm_add_relu", [shape, shape, c, c], v => Relu(Sum(Normalize(v[0], v[2], v[3], null, null), v[1])), Epsilon, Type.Missing)
            {
                Adjust = v => Separate(v, 2),
            },
            new("batch_norm_evaluation", [shape, c, c, c, c], v => Normalize(v[0], v[1], v[2], v[3], v[4]), Epsilon) { Adjust = v => Statistics(v) },
            new("batch_norm_evaluation_relu", [shape, c, c, c, c], v => Relu(Normalize(v[0], v[1], v[2], v[3], v[4])), Epsilon)
            {
                Adjust = v => { Separate(v, 1); Statistics(v); },
            },
            new("batch_norm_evaluation_add_relu", [shape, shape, c, c, c, c], v => Relu(Sum(Normalize(v[0], v[2], v[3], v[4], v[5]), v[1])), Epsilon)
            {
                Adjust = v => { Separate(v, 2); Statistics(v); },
            },
        ];
    }

    static double[] Normalize(double[] x, double[] weight, double[] bias, double[]? mean, double[]? variance)
    {
        int channels = weight.Length, count = x.Length / channels;
        mean ??= [.. Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, count).Average(i => x[(i * channels) + c]))];
        variance ??= [.. Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, count).Average(i => Math.Pow(x[(i * channels) + c] - mean[c], 2)))];
        return Naive.Matrix(count, channels, (i, c) => (weight[c] * (x[(i * channels) + c] - mean[c]) / Math.Sqrt(variance[c] + Epsilon)) + bias[c]);
    }

    static double[] Relu(double[] x) => [.. x.Select(value => Math.Max(value, 0))];

    static double[] Sum(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

    /// <summary>Numbers near −1 and 1 with small shifts: what comes out has either sign and is far from the kink of ReLU.</summary>
    static void Separate(double[][] v, int weight)
    {
        int channels = v[weight].Length;
        v[0] = [.. v[0].Select((value, i) => (((i / channels) + (i % channels)) % 2 == 0 ? 1 : -1) + (0.05 * value))];
        v[weight] = [.. v[weight].Select(value => Math.CopySign(1, value) + (0.2 * value))];
        v[weight + 1] = [.. v[weight + 1].Select(value => 0.02 * value)];
        if (weight == 2)
        {
            v[1] = [.. v[1].Select(value => 0.02 * value)];
        }
    }

    /// <summary>Statistics near mean 0.1 and variance 1.</summary>
    static void Statistics(double[][] v)
    {
        v[^2] = [.. v[^2].Select(value => 0.1 + (0.05 * value))];
        v[^1] = [.. v[^1].Select(value => 1 + (0.2 * value))];
    }
}
