using Descent.Tensors.Kernels;

namespace Descent.Tests.Tensors.Kernels;

/// <summary>Accuracy of tanh, GELU and its slope against mpmath with 50 digits.</summary>
public class ActivationKernelTests
{
    public static TheoryData<double, double, double, double> Values => new()
    {
        { 1e-9, 1e-09, 5.000000003989423e-10, 0.5000000007978845 },
        { -0.0001, -9.999999966666667e-05, -4.9996010577202634e-05, 0.4999202115441857 },
        { 0.3, 0.2913126124515909, 0.1853734266566858, 0.7323277668271099 },
        { -0.62499, -0.5545927981195011, -0.16624034677979396, 0.06089020508231789 },
        { 0.62501, 0.5546066465024604, 0.45876843552173163, 0.9391203575988571 },
        { -1.2, -0.8336546070121552, -0.13808360426604993, -0.11795359575814726 },
        { 2.5, 0.9866142981514303, 2.4844758366855597, 1.037611085908145 },
        { -7.25, -0.9999989913051835, -1.5107971650372503e-12, -1.0946014325702036e-11 },
        { 18.5, 0.9999999999999998, 18.5, 1.0 },
    };

    /// <summary>Relative, so also in the left tail and for tiny signals. In vectors and in a rest of one element.</summary>
    [Theory]
    [MemberData(nameof(Values))]
    public void DoublesAreAccurate(double x, double tanh, double gelu, double slope)
    {
        foreach (int count in (int[])[1, 16, 17])
        {
            Close(tanh, Apply(HyperbolicTangent.Tanh, x, count), 1e-15);
            Close(gelu, Apply(GaussianUnit.Gelu, x, count), 5e-15);
            Close(slope, Apply(GaussianUnit.Slope, x, count), 1e-14);
        }
    }

    /// <summary>The exponential of a float's rounded −x²/2 loses digits in the far tail, which is as small as 10⁻¹².</summary>
    [Theory]
    [MemberData(nameof(Values))]
    public void FloatsAreAccurate(double x, double tanh, double gelu, double slope)
    {
        double tolerance = x < -5 ? 2e-5 : 1e-6;
        foreach (int count in (int[])[1, 16, 17])
        {
            Close(tanh, Apply<float>(HyperbolicTangent.Tanh, (float)x, count), 3e-7);
            Close(gelu, Apply<float>(GaussianUnit.Gelu, (float)x, count), tolerance);
            Close(slope, Apply<float>(GaussianUnit.Slope, (float)x, count), tolerance);
        }
    }

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void WhereLessChoosesLaneByLane(int bits)
    {
        var action = default(WhereLess);
        VectorWidth.Run<float, WhereLess>(bits, ref action);

        Assert.Equal([1, 2, 2, 2], action.Result![..4]);
    }

    static T Apply<T>(UnaryPass<T> pass, T x, int count)
    {
        var y = new T[count];
        pass([.. Enumerable.Repeat(x, count)], y);
        return y[^1];
    }

    static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{actual:R} is not {expected:R}.");

    struct WhereLess : IVectorAction<float>
    {
        public float[]? Result { get; private set; }

        public unsafe void Run<V>() where V : struct, IVector<V, float>
        {
            float* x = stackalloc float[V.Count];
            new Span<float>(x, V.Count).Fill(5);
            (x[0], x[1], x[2], x[3]) = (-1, 0, 3, float.NaN);
            V.Store(V.WhereLess(V.Load(x), V.Broadcast(0f), V.Broadcast(1f), V.Broadcast(2f)), x);
            Result = new Span<float>(x, V.Count).ToArray();
        }
    }
}
