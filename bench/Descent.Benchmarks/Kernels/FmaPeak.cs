using System.Runtime.CompilerServices;
using Descent.Tensors.Kernels;

namespace Descent.Benchmarks.Kernels;

/// <summary>The most multiply-adds a second that one core does in this process, from registers alone: what kernels are measured against.</summary>
struct FmaPeak : IVectorAction<float>
{
    const int Rounds = 2_000_000;

    /// <summary>10⁹ floating-point operations a second, two for a multiply-add.</summary>
    public double GigaFlops { get; private set; }

    public static double Measure()
    {
        var peak = new FmaPeak();
        VectorWidth.Run<float, FmaPeak>(ref peak);
        return peak.GigaFlops;
    }

    public void Run<V>() where V : struct, IVector<V, float>
    {
        float sink = 0;
        var timing = Timing.Measure(() => sink += Sum<V>());
        GigaFlops = 2.0 * 12 * V.Count * Rounds / timing.BestSeconds / 1e9 * (float.IsNaN(sink) ? 0 : 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static unsafe float Sum<V>() where V : struct, IVector<V, float>
    {
        V x = V.Broadcast(1.0000001f), y = V.Broadcast(1e-9f);
        V a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
        for (int round = 0; round < Rounds; round++)
        {
            a = V.FusedMultiplyAdd(a, x, y);
            b = V.FusedMultiplyAdd(b, x, y);
            c = V.FusedMultiplyAdd(c, x, y);
            d = V.FusedMultiplyAdd(d, x, y);
            e = V.FusedMultiplyAdd(e, x, y);
            f = V.FusedMultiplyAdd(f, x, y);
            g = V.FusedMultiplyAdd(g, x, y);
            h = V.FusedMultiplyAdd(h, x, y);
            i = V.FusedMultiplyAdd(i, x, y);
            j = V.FusedMultiplyAdd(j, x, y);
            k = V.FusedMultiplyAdd(k, x, y);
            l = V.FusedMultiplyAdd(l, x, y);
        }

        float* lanes = stackalloc float[V.Count];
        V.Store(a + b + c + d + e + f + g + h + i + j + k + l, lanes);
        return lanes[0];
    }
}
