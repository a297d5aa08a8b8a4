using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

public class MatrixProductTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 6, 32, 7 }, { 7, 33, 5 }, { 13, 10, 64 }, { 128, 10, 128 }, { 10, 128, 128 }, { 5, 67, 1025 }, { 14, 40, 2100 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void EqualsTheNaiveProductAtEveryWidth(int rows, int columns, int depth)
    {
        foreach (int bits in (int[])[128, 256, 512])
        {
            foreach (var transposition in Enum.GetValues<Transposition>())
            {
                Check<double>(bits, transposition, rows, columns, depth, 1e-13);
                Check<float>(bits, transposition, rows, columns, depth, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(Transposition.None)]
    [InlineData(Transposition.Left)]
    [InlineData(Transposition.Right)]
    public void GivesTheSameBitsForAnyNumberOfThreads(Transposition transposition)
    {
        var expected = Product<float>(1, VectorWidth.Bits, transposition, 200, 150, 2000);
        foreach (int threads in (int[])[2, 3, 8])
        {
            Assert.Equal(expected, Product<float>(threads, VectorWidth.Bits, transposition, 200, 150, 2000));
        }
    }

    static void Check<T>(int bits, Transposition transposition, int rows, int columns, int depth, double tolerance)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var actual = Product<T>(1, bits, transposition, rows, columns, depth);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double sum = Bias(j);
                for (int k = 0; k < depth; k++)
                {
                    sum += double.CreateChecked(A<T>(i, k)) * double.CreateChecked(B<T>(k, j));
                }

                Assert.Equal(Math.Max(sum, 0), double.CreateChecked(actual[(i * columns) + j]), tolerance * Math.Sqrt(depth));
            }
        }
    }

    static T[] Product<T>(int threads, int bits, Transposition transposition, int rows, int columns, int depth)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var recorder = new Recorder(executor);
        var a = Fill(recorder.Arena, rows, depth, transposition == Transposition.Left, A<T>);
        var b = Fill(recorder.Arena, depth, columns, transposition == Transposition.Right, B<T>);
        var bias = Fill(recorder.Arena, 1, columns, false, (_, j) => T.CreateChecked(Bias(j)), isVector: true);
        var c = recorder.Arena.Allocate<T>(new Shape(rows, columns));
        MatrixProduct.Record(recorder, bits, transposition, a, b, c, bias, hasRelu: true);
        return c.Span.ToArray();
    }

    static Tensor<T> Fill<T>(Arena arena, int rows, int columns, bool isTransposed, Func<int, int, T> value, bool isVector = false)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var tensor = arena.Allocate<T>(isVector ? new Shape(columns) : isTransposed ? new Shape(columns, rows) : new Shape(rows, columns));
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                tensor.Span[isTransposed ? (j * rows) + i : (i * columns) + j] = value(i, j);
            }
        }

        return tensor;
    }

    static T A<T>(int i, int k) where T : System.Numerics.IFloatingPoint<T> => T.CreateTruncating(Math.Sin((i * 7) + (k * 3) + 1));

    static T B<T>(int k, int j) where T : System.Numerics.IFloatingPoint<T> => T.CreateTruncating(Math.Cos((k * 5) - (j * 2) + 2));

    static double Bias(int j) => 0.25 * ((j % 5) - 2);

    sealed class Recorder(Executor executor) : IRecorder, IDisposable
    {
        public Arena Arena { get; } = new();

        public int Threads => executor.Threads;

        public bool IsExact => false;

        public void Run(Work work) => executor.Run(work);

        public void Dispose() => Arena.Dispose();
    }
}
