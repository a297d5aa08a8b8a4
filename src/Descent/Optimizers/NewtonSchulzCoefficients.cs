namespace Descent.Optimizers;

/// <summary>Sets of coefficients (a, b, c) for the iteration X ← a·X + b·(X·Xᵀ)·X + c·(X·Xᵀ)²·X, by name.</summary>
/// <remarks><para>jordan: (3.4445, −4.7750, 2.0315) at every step; singular values from 0.01 up come into [0.68, 1.13] in five steps and never to
/// 1. Jordan 2024.</para>
/// <para>taylor: (15/8, −5/4, 3/8) at every step, the Taylor series of the polar factor; converges to 1, slowly for small singular values.</para>
/// <para>quintic: five triples for five steps, found by search for a flat response; the last is repeated. modded-nanogpt 2025.</para>
/// <para>polar-express: eight triples, each the best polynomial for the interval that the one before leaves, with the authors' safety factor
/// 1.01; the last is repeated. Amsel, Persson, Musco and Gower, arXiv:2505.16932.</para></remarks>
static class NewtonSchulzCoefficients
{
    public const string Jordan = "jordan", Taylor = "taylor", Quintic = "quintic", PolarExpress = "polar-express";

    const double Safety = 1.01;

    static readonly (double A, double B, double C)[] jordan = [(3.4445, -4.7750, 2.0315)];
    static readonly (double A, double B, double C)[] taylor = [(1.875, -1.25, 0.375)];
    static readonly (double A, double B, double C)[] quintic =
    [
        (4.0848, -6.8946, 2.9270), (3.9505, -6.3029, 2.6377), (3.7418, -5.5913, 2.3037), (2.8769, -3.1427, 1.2046), (2.8366, -3.0525, 1.2012),
    ];

    static readonly (double A, double B, double C)[] polarExpress =
    [
        Safe(8.28721201814563, -23.595886519098837, 17.300387312530933), Safe(4.107059111542203, -2.9478499167379106, 0.5448431082926601),
        Safe(3.9486908534822946, -2.908902115962949, 0.5518191394370137), Safe(3.3184196573706015, -2.488488024314874, 0.51004894012372),
        Safe(2.300652019954817, -1.6689039845747493, 0.4188073119525673), Safe(1.891301407787398, -1.2679958271945868, 0.37680408948524835),
        Safe(1.8750014808534479, -1.2500016453999487, 0.3750001645474248), (1.875, -1.25, 0.375),
    ];

    /// <summary>The triple of a step of a set, the first being 0.</summary>
    public static (double A, double B, double C) At(string set, int step)
    {
        var triples = set switch
        {
            Taylor => taylor,
            Quintic => quintic,
            PolarExpress => polarExpress,
            _ => jordan,
        };
        return triples[Math.Min(step, triples.Length - 1)];
    }

    /// <summary>What the Frobenius norm is multiplied by before a matrix is divided by it.</summary>
    public static double NormFactor(string set) => set == PolarExpress ? Safety : 1;

    static (double A, double B, double C) Safe(double a, double b, double c) =>
        (a / Safety, b / Math.Pow(Safety, 3), c / Math.Pow(Safety, 5));
}
