using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

public class SquaredNormTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(16_384)]
    [InlineData(100_003)]
    public void FollowsTheSumInDoublePrecision(int count)
    {
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        using var arena = new Arena();
        var x = arena.Allocate<float>(new Shape(count));
        double expected = 0;
        for (int i = 0; i < count; i++)
        {
            x.Span[i] = (float)Math.Sin(i + 1);
            expected += (double)x.Span[i] * x.Span[i];
        }

        Assert.Equal(1, new SquaredNorm<float>(x).Run(executor) / expected, 1e-6);
    }

    [Fact]
    public void ANaNAnywhereShows()
    {
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var arena = new Arena();
        foreach (int place in (int[])[0, 500, 999])
        {
            var x = arena.Allocate<double>(new Shape(1000));
            x.Span[place] = double.NaN;
            Assert.True(double.IsNaN(new SquaredNorm<double>(x).Run(executor)));
        }
    }
}
