using Descent.Tensors;

namespace Descent.Tests.Tensors;

public class ArenaTests
{
    [Fact]
    public void AResetGivesTheSameMemoryAgain()
    {
        using var arena = new Arena();
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < 10; i++)
            {
                var tensor = arena.Allocate<float>(new Shape(1000, 100));
                Assert.Equal(0, tensor.Span[99_999]);
                tensor.Span.Fill(1);
            }

            long reserved = arena.ReservedBytes;
            Assert.InRange(arena.UsedBytes, 4_000_000, 4_001_000);
            arena.Reset();
            Assert.Equal(0, arena.UsedBytes);
            Assert.Equal(reserved, arena.ReservedBytes);
        }

        Assert.InRange(arena.ReservedBytes, 4_000_000, 8_000_000);
    }

    [Fact]
    public void ATensorOfADisposedArenaIsRefused()
    {
        var arena = new Arena();
        var tensor = arena.Allocate<double>(Shape.Scalar);
        arena.Dispose();
        _ = Assert.Throws<ObjectDisposedException>(() => tensor.Span[0]);
        _ = Assert.Throws<ObjectDisposedException>(() => arena.Allocate<double>(Shape.Scalar));
    }

    [Fact]
    public void AMovedTensorTakesItsNumbersAlong()
    {
        using var arena = new Arena();
        Tensor<float> from = arena.Allocate<float>(new Shape(3)), to = arena.Allocate<float>(new Shape(3));
        from.Span[1] = 7;
        from.MoveTo(to);
        Assert.Equal(7, to.Span[1]);
        from.Span[2] = 8;
        Assert.Equal(8, to.Span[2]);
    }

    [Theory]
    [InlineData(new[] { 0 }, "A shape's axes must be at least 1, got 0.")]
    [InlineData(new[] { 1, 2, 3, 4, 5 }, "A shape has at most 4 axes, got 5.")]
    [InlineData(new[] { 65536, 65536 }, "A shape has at most 2147483647 elements, got [65536, 65536].")]
    public void ImpossibleShapesAreRefused(int[] sizes, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new Shape(sizes)).Message);

    /// <summary>So that whole pages of 2 MB can lie under it.</summary>
    [Fact]
    public unsafe void LargeMemoryBeginsOnALargePage()
    {
        using var arena = new Arena();
        var tensor = arena.Allocate<float>(new Shape(3, 1 << 20));
        Assert.Equal(0, (nint)tensor.Data % LargePages.Bytes);
        Assert.Equal(-1, tensor.Span.IndexOfAnyExcept(0));
    }
}
