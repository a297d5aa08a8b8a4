using Descent.Tensors;

namespace Descent.Tests.Tensors;

public class TransientMemoryTests
{
    [Fact]
    public void PiecesInUseNeverOverlapAndReleasedOnesAreUsedAgain()
    {
        using var arena = new Arena();
        var stream = new RandomStream(1, StreamPurpose.Probe, 0);
        var live = new List<Tensor<float>>();
        for (int i = 0; i < 2000; i++)
        {
            if (live.Count > 20 || (live.Count > 0 && stream.NextInt32(2) == 0))
            {
                int at = stream.NextInt32(live.Count);
                Assert.Equal(-1, live[at].Span.IndexOfAnyExcept(live[at].Count));
                arena.Release(live[at]);
                live.RemoveAt(at);
            }
            else
            {
                int count = 1 + stream.NextInt32(20_000);
                live.Add(arena.AllocateTransient<float>(new Shape(count)));
                live[^1].Span.Fill(count);
            }
        }

        Assert.All(live, tensor => Assert.Equal(-1, tensor.Span.IndexOfAnyExcept(tensor.Count)));
        Assert.InRange(arena.ReservedBytes, arena.PeakBytes, 4 << 20);
        live.ForEach(arena.Release);
        Assert.Equal(0, arena.UsedBytes);
    }

    [Fact]
    public void FreeNeighboursBecomeOne()
    {
        using var arena = new Arena();
        Tensor<float>[] parts = [.. Enumerable.Range(0, 4).Select(_ => arena.AllocateTransient<float>(new Shape(1 << 16)))];
        long reserved = arena.ReservedBytes;
        foreach (int i in (int[])[1, 3, 0, 2])
        {
            arena.Release(parts[i]);
        }

        _ = arena.AllocateTransient<float>(new Shape(1 << 18));
        Assert.Equal(1 << 20, reserved);
        Assert.Equal(reserved, arena.ReservedBytes);
    }

    [Fact]
    public void WhatIsNotTransientIsNotReleased()
    {
        using var arena = new Arena();
        var tensor = arena.AllocateTransient<float>(new Shape(1));
        arena.Release(tensor);
        _ = Assert.Throws<InvalidOperationException>(() => arena.Release(tensor));
        _ = Assert.Throws<InvalidOperationException>(() => arena.Release(arena.Allocate<float>(new Shape(1))));
    }

    [Fact]
    public void ScratchServesTheNextOpToo()
    {
        using var arena = new Arena();
        for (int op = 0; op < 100; op++)
        {
            using var scratch = arena.OpenScratch();
            _ = scratch.Tensor<float>(new Shape(100_000));
            _ = scratch.Tensor<double>(new Shape(50_000));
            Assert.InRange(arena.UsedBytes, 800_000, 800_128);
        }

        Assert.Equal(0, arena.UsedBytes);
        Assert.Equal(1 << 20, arena.ReservedBytes);
    }
}
