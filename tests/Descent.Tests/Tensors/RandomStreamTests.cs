using Descent.Tensors;

namespace Descent.Tests.Tensors;

public class RandomStreamTests
{
    [Fact]
    public void IsPhiloxUnderTheDocumentedKeyAndCounter()
    {
        var stream = new RandomStream(0x0123456789abcdef, StreamPurpose.Dropout, 0xfedcba9876543210);
        var drawn = Enumerable.Range(0, 8).Select(_ => stream.NextUInt32()).ToArray();
        uint[] first = [0, 4, 0x76543210, 0xfedcba98], second = [1, 4, 0x76543210, 0xfedcba98];
        Philox.Block(first, 0x89abcdef, 0x01234567);
        Philox.Block(second, 0x89abcdef, 0x01234567);
        Assert.Equal([.. first, .. second], drawn);
    }

    [Fact]
    public void ASkipIsAsManyDraws()
    {
        var drawing = new RandomStream(5, StreamPurpose.Probe, 9);
        uint[] all = [.. Enumerable.Range(0, 40).Select(_ => drawing.NextUInt32())];
        for (int drawn = 0; drawn < 6; drawn++)
        {
            for (int skipped = 0; skipped < 20; skipped++)
            {
                var stream = new RandomStream(5, StreamPurpose.Probe, 9);
                for (int i = 0; i < drawn; i++)
                {
                    _ = stream.NextUInt32();
                }

                stream.Skip(skipped);
                Assert.Equal(all[(drawn + skipped)..][..10], Enumerable.Range(0, 10).Select(_ => stream.NextUInt32()));
            }
        }
    }

    [Fact]
    public void UniformAndNormalNumbersHaveTheirMoments()
    {
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        const int Count = 200_000;
        double mean = 0, normalMean = 0, normalSquare = 0, normalFourth = 0;
        for (int i = 0; i < Count; i++)
        {
            double uniform = stream.NextDouble(), normal = stream.NextNormal();
            Assert.InRange(uniform, 0, 1 - 1e-17);
            mean += uniform / Count;
            normalMean += normal / Count;
            normalSquare += normal * normal / Count;
            normalFourth += normal * normal * normal * normal / Count;
        }

        // Five standard errors.
        Assert.InRange(mean - 0.5, -0.0033, 0.0033);
        Assert.InRange(normalMean, -0.0112, 0.0112);
        Assert.InRange(normalSquare - 1, -0.0159, 0.0159);
        Assert.InRange(normalFourth - 3, -0.11, 0.11);
    }

    [Fact]
    public void IntegersAreUniform()
    {
        var stream = new RandomStream(2, StreamPurpose.Order, 0);
        var counts = new int[7];
        for (int i = 0; i < 70_000; i++)
        {
            counts[stream.NextInt32(7)]++;
        }

        // Chi-squared with 6 degrees of freedom: 30 is beyond the 99.99 % point.
        Assert.InRange(counts.Sum(count => (count - 10_000.0) * (count - 10_000.0) / 10_000), 0, 30);
    }

    [Fact]
    public void AShuffleIsAPermutationThatDependsOnTheKeyAlone()
    {
        Assert.Equal(Enumerable.Range(0, 1000), Shuffled(3, 5).Order());
        Assert.Equal(Shuffled(3, 5), Shuffled(3, 5));
        Assert.NotEqual(Shuffled(3, 5), Shuffled(3, 6));
        Assert.NotEqual(Shuffled(3, 5), Shuffled(4, 5));

        static int[] Shuffled(ulong seed, ulong index)
        {
            var items = Enumerable.Range(0, 1000).ToArray();
            new RandomStream(seed, StreamPurpose.Order, index).Shuffle(items);
            return items;
        }
    }
}
