using Descent.Studies.Definition;

namespace Descent.Tests.Studies.Definition;

public class SobolSequenceTests
{
    /// <summary>Some points of torch 1.13's <c>SobolEngine(21).draw(1100, dtype=torch.float64)</c>: the point's number, then its coordinates times 2³⁰.</summary>
    static readonly int[][] torch =
    [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [1, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912, 536870912],
        [2, 805306368, 268435456, 268435456, 268435456, 805306368, 805306368, 268435456, 805306368, 805306368, 805306368, 805306368, 805306368, 268435456, 268435456, 805306368, 268435456, 805306368, 268435456, 805306368, 268435456, 268435456],
        [3, 268435456, 805306368, 805306368, 805306368, 268435456, 268435456, 805306368, 268435456, 268435456, 268435456, 268435456, 268435456, 805306368, 805306368, 268435456, 805306368, 268435456, 805306368, 268435456, 805306368, 805306368],
        [5, 939524096, 939524096, 134217728, 402653184, 939524096, 671088640, 939524096, 402653184, 402653184, 134217728, 402653184, 939524096, 939524096, 134217728, 939524096, 402653184, 939524096, 402653184, 402653184, 671088640, 671088640],
        [100, 444596224, 276824064, 830472192, 780140544, 947912704, 796917760, 25165824, 511705088, 679477248, 746586112, 494927872, 729808896, 511705088, 914358272, 343932928, 528482304, 729808896, 796917760, 897581056, 360710144, 813694976],
        [777, 743440384, 1005584384, 175112192, 294649856, 682622976, 382730240, 204472320, 818937856, 374341632, 347078656, 800063488, 747634688, 412090368, 508559360, 611319808, 552599552, 433061888, 927989760, 397410304, 808452096, 254803968],
        [1023, 1048576, 808452096, 657457152, 156237824, 200278016, 470810624, 149946368, 663748608, 370147328, 913309696, 728760320, 38797312, 139460608, 714080256, 389021696, 498073600, 336592896, 940572672, 628097024, 342884352, 930086912],
    ];

    [Fact]
    public void ThePlainPointsAreThoseOfPyTorch()
    {
        Assert.Equal(21, SobolSequence.MostDimensions);
        foreach (int[] row in torch)
        {
            Assert.Equal(row[1..], Enumerable.Range(0, 21).Select(dimension => (int)(SobolSequence.Plain(row[0], dimension) >> 2)));
        }
    }

    [Fact]
    public void ScrambledPointsFillEachDimensionAndEachPairEvenly()
    {
        const int Count = 64, Side = 8;
        for (ulong seed = 0; seed < 3; seed++)
        {
            for (int dimension = 0; dimension < SobolSequence.MostDimensions; dimension++)
            {
                var parts = Enumerable.Range(Count, Count).Select(point => (int)(SearchPoints.At("sobol", seed, point, dimension) * Count));
                Assert.Equal(Enumerable.Range(0, Count), parts.Order());
            }

            // The first two dimensions are a (0, 2)-sequence, and stay one.
            var squares = Enumerable.Range(0, Count).Select(point => (Place(point, 0), Place(point, 1)));
            Assert.Equal(Count, squares.Distinct().Count());

            int Place(int point, int dimension) => (int)(SearchPoints.At("sobol", seed, point, dimension) * Side);
        }

        Assert.NotEqual(SearchPoints.At("sobol", 0, 5, 3), SearchPoints.At("sobol", 1, 5, 3));
    }

    /// <summary>Owen's points have the variance n⁻³ for smooth functions, against n⁻¹ of independent ones: a thousandth part of it here, and no bias.</summary>
    [Fact]
    public void MeansOverScramblesAreUnbiasedAndExact()
    {
        const int Count = 64, Seeds = 60;
        double[] errors = [.. Enumerable.Range(0, Seeds).Select(seed => Enumerable.Range(0, Count)
            .Average(point => Math.Exp(SearchPoints.At("sobol", (ulong)seed, point, 1) + SearchPoints.At("sobol", (ulong)seed, point, 4))) - Math.Pow(Math.E - 1, 2))];
        double deviation = Math.Sqrt(errors.Average(error => error * error));
        Assert.InRange(deviation, 1e-5, 0.13 / Math.Sqrt(Count));
        Assert.InRange(errors.Average(), -3 * deviation / Math.Sqrt(Seeds), 3 * deviation / Math.Sqrt(Seeds));
    }

    [Fact]
    public void MoreDimensionsThanItHasAreRefused()
    {
        Assert.Equal((16, 21, int.MaxValue), (SearchPoints.MostDimensions("halton"), SearchPoints.MostDimensions("sobol"), SearchPoints.MostDimensions("random")));
    }
}
