using Descent.Autodiff;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

public sealed class ImageResizingTests : IDisposable
{
    readonly WorkerPool pool = new(1);
    readonly Executor executor;
    readonly Tape<float> tape;

    public ImageResizingTests()
    {
        executor = pool.CreateExecutor();
        tape = new Tape<float>(executor);
    }

    public void Dispose()
    {
        tape.Dispose();
        executor.Dispose();
        pool.Dispose();
    }

    /// <summary>A pixel's channels do not fill a vector: what is stored beside them must stay within the row. The last pixel's only tap lies far before the end of x, so
    /// that this alone forbids a whole vector.</summary>
    [Theory]
    [InlineData(4, 4, 3)]
    [InlineData(4, 4, 1)]
    [InlineData(2, 8, 17)]
    public void NothingIsWrittenBehindTheImages(int height, int width, int channels)
    {
        Tensor<float> x = tape.Constant(new Shape(1, 3 * height, 3 * width, channels), 2), y = tape.Tensor(1, height, width, channels), behind = tape.Constant(new Shape(64), 7);
        Assert.Equal(y.Span.Length, Offset(y, behind));

        ImageResizing.Record(tape, AxisMap<float>.Linear(3 * height, height), AxisMap<float>.Linear(3 * width, width), x, y);

        Assert.All(y.Span.ToArray(), value => Assert.Equal(2, value, 1e-6));
        Assert.All(behind.Span.ToArray(), value => Assert.Equal(7, value));
    }

    /// <summary>Rows of weights sum to one; the transposed matrix has the same numbers at turned places.</summary>
    [Theory]
    [InlineData(5, 9)]
    [InlineData(9, 4)]
    [InlineData(1, 6)]
    [InlineData(7, 1)]
    [InlineData(6, 6)]
    public void TheTransposedMapIsTheTransposedMatrix(int inputs, int outputs)
    {
        var map = AxisMap<double>.Linear(inputs, outputs);
        double[,] matrix = Matrix(map), turned = Matrix(map.Transposed);

        Assert.Equal((outputs, inputs, inputs, outputs), (map.Outputs, map.Inputs, map.Transposed.Outputs, map.Transposed.Inputs));
        for (int i = 0; i < outputs; i++)
        {
            Assert.Equal(1, Enumerable.Range(0, inputs).Sum(j => matrix[i, j]), 1e-15);
            Assert.All(Enumerable.Range(0, inputs), j => Assert.Equal(matrix[i, j], turned[j, i]));
        }
    }

    static double[,] Matrix(AxisMap<double> map)
    {
        var matrix = new double[map.Outputs, map.Inputs];
        for (int i = 0; i < map.Outputs; i++)
        {
            for (int tap = map.Starts[i]; tap < map.Starts[i + 1]; tap++)
            {
                matrix[i, map.From[tap]] += map.Weights[tap];
            }
        }

        return matrix;
    }

    static unsafe long Offset(Tensor<float> first, Tensor<float> second) => second.Data - first.Data;
}
