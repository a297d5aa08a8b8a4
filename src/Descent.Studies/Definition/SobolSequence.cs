using System.Numerics;
using Descent.Tensors;

namespace Descent.Studies.Definition;

/// <summary>Sobol's sequence in Gray code order with the direction numbers of Joe and Kuo, scrambled by Owen's nested permutations: every 2ᵏ points from a multiple of it on have
/// one in each of 2ᵏ equal parts of every axis.</summary>
/// <remarks>Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30 (2008), file new-joe-kuo-6.21201; Owen, "Randomly permuted
/// (t,m,s)-nets and (t,s)-sequences" (1995).</remarks>
static class SobolSequence
{
    const int Bits = 32;

    // Beyond the streams of other methods.
    const ulong FirstStream = 1UL << 63;
    const int NodeBits = Bits + 1;

    /// <summary>Of each dimension behind the first the degree of its polynomial, its inner coefficients, and the first direction numbers.</summary>
    static readonly (int Degree, uint Coefficients, uint[] First)[] table =
    [
        (1, 0, [1]), (2, 1, [1, 3]), (3, 1, [1, 3, 1]), (3, 2, [1, 1, 1]), (4, 1, [1, 1, 3, 3]), (4, 4, [1, 3, 5, 13]), (5, 2, [1, 1, 5, 5, 17]),
        (5, 4, [1, 1, 5, 5, 5]), (5, 7, [1, 1, 7, 11, 19]), (5, 11, [1, 1, 5, 1, 1]), (5, 13, [1, 1, 1, 3, 11]), (5, 14, [1, 3, 5, 5, 31]),
        (6, 1, [1, 3, 3, 9, 7, 49]), (6, 13, [1, 1, 1, 15, 21, 21]), (6, 16, [1, 3, 1, 13, 27, 49]), (6, 19, [1, 1, 1, 15, 7, 5]),
        (6, 22, [1, 3, 1, 15, 13, 25]), (6, 25, [1, 1, 5, 5, 19, 61]), (7, 1, [1, 3, 7, 11, 23, 15, 103]), (7, 4, [1, 3, 7, 13, 13, 15, 69]),
    ];

    static readonly uint[][] directions = [.. Enumerable.Range(0, table.Length + 1).Select(Directions)];

    public static int MostDimensions => table.Length + 1;

    /// <summary>A coordinate of a point of the sequence itself, in units of 2⁻³².</summary>
    public static uint Plain(int point, int dimension)
    {
        uint gray = (uint)(point ^ (point >> 1)), value = 0;
        for (; gray != 0; gray &= gray - 1)
        {
            value ^= directions[dimension][BitOperations.TrailingZeroCount(gray)];
        }

        return value;
    }

    /// <summary>A coordinate in [0, 1): each digit is kept or changed, as is drawn for the digits before it.</summary>
    public static double Scrambled(ulong seed, int point, int dimension)
    {
        uint plain = Plain(point, dimension), value = 0;
        for (int digit = 0; digit < Bits; digit++)
        {
            // The digits before it, with a 1 in front: the nodes of a tree of which each decides on its own.
            ulong node = (1UL << digit) | (digit == 0 ? 0 : plain >> (Bits - digit));
            uint isChanged = new RandomStream(seed, StreamPurpose.Search, FirstStream | ((ulong)dimension << NodeBits) | node).NextUInt32() & 1;
            value = (value << 1) | (((plain >> (Bits - 1 - digit)) & 1) ^ isChanged);
        }

        return value * (1.0 / (1L << Bits));
    }

    static uint[] Directions(int dimension)
    {
        uint[] found = new uint[Bits];
        if (dimension == 0)
        {
            return [.. found.Select((_, i) => 1u << (Bits - 1 - i))];
        }

        var (degree, coefficients, first) = table[dimension - 1];
        for (int i = 0; i < Bits; i++)
        {
            if (i < degree)
            {
                found[i] = first[i] << (Bits - 1 - i);
                continue;
            }

            found[i] = found[i - degree] ^ (found[i - degree] >> degree);
            for (int k = 1; k < degree; k++)
            {
                found[i] ^= ((coefficients >> (degree - 1 - k)) & 1) * found[i - k];
            }
        }

        return found;
    }
}
