using Descent.Tensors;

namespace Descent.Studies.Definition;

/// <summary>Points of the unit cube, drawn from a study's split seed. A point depends on the seed, its number and its dimension alone.</summary>
static class SearchPoints
{
    public const string Random = "random", Halton = "halton", Sobol = "sobol";

    // Halton's sequence needs a prime a dimension; in higher ones its points lie in lines.
    static readonly int[] primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];

    // A double has 53 bits: further digits cannot be seen.
    const double FinestDigit = 1.0 / (1L << 53);

    /// <summary>How many values a method searches at once.</summary>
    public static int MostDimensions(string method) => method switch
    {
        Halton => primes.Length,
        Sobol => SobolSequence.MostDimensions,
        _ => int.MaxValue,
    };

    /// <summary>One coordinate in [0, 1).</summary>
    /// <param name="method">random: independent; halton: Halton's sequence, the digits of each place of each dimension permuted at random, so that the points
    /// fill the cube evenly (Owen, "A randomized Halton algorithm in R", arXiv:1706.02808); sobol: Sobol's sequence, scrambled (see
    /// <see cref="SobolSequence"/>).</param>
    public static double At(string method, ulong seed, int point, int dimension) => method switch
    {
        Random => new RandomStream(seed, StreamPurpose.Search, Index(point, dimension)).NextDouble(),
        Sobol => SobolSequence.Scrambled(seed, point, dimension),
        _ => Scrambled(seed, point, dimension),
    };

    static double Scrambled(ulong seed, int point, int dimension)
    {
        int numeral = primes[dimension];
        var stream = new RandomStream(seed, StreamPurpose.Search, (ulong)dimension);
        int[] permutation = new int[numeral];
        double value = 0;
        for (double place = 1.0 / numeral; place >= FinestDigit; place /= numeral)
        {
            for (int i = 0; i < numeral; i++)
            {
                permutation[i] = i;
            }

            stream.Shuffle(permutation);
            value += permutation[point % numeral] * place;
            point /= numeral;
        }

        return Math.Min(value, Math.BitDecrement(1));
    }

    /// <summary>Beyond the streams of Halton's dimensions.</summary>
    static ulong Index(int point, int dimension) => ((ulong)(point + 1) << 32) | (uint)dimension;
}
