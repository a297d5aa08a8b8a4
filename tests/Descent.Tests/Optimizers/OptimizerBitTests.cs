using System.Numerics;
using System.Runtime.InteropServices;
using Descent.Optimizers;
using FsCheck;
using FsCheck.Fluent;

namespace Descent.Tests.Optimizers;

/// <summary>An element's bits depend neither on its place in a vector, nor on the vectors' width, nor on threads, nor on how parameters are
/// cut.</summary>
public class OptimizerBitTests
{
    const int Steps = 3;

    public static TheoryData<string> Settings => GoldenTrajectory.AllSettings;

    public static TheoryData<string> CoordinateWise => GoldenTrajectory.CoordinateWiseSettings;

    public static TheoryData<string> Layouts => GoldenTrajectory.AllLayouts;

    public static TheoryData<string> CoordinateWiseLayouts => [.. Layouts.Select(x => x.Data).Intersect(CoordinateWise.Select(x => x.Data))];

    [Theory]
    [MemberData(nameof(CoordinateWise))]
    public void LanesAndTailAgreeBitForBitAtEveryWidth(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        var cases = Gen.Choose(1, 100).SelectMany(count => Gen.Choose(0, int.MaxValue).Select(seed => (count, seed: (ulong)seed)));
        Prop.ForAll(cases.ToArbitrary(), x => Agree<float>(optimizer, x.count, x.seed) && Agree<double>(optimizer, x.count, x.seed))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithQuietOnSuccess(true));
    }

    /// <summary>Around the borders of chunks too.</summary>
    [Theory]
    [MemberData(nameof(CoordinateWise))]
    public void EveryElementMovesAsOneThatIsAlone(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        float alone = Moved(1)[0];

        foreach (int count in new[] { 65_535, 65_536, 65_537, 140_001 })
        {
            Assert.Equal(-1, Moved(count).AsSpan().IndexOfAnyExcept(alone));
        }

        float[] Moved(int count)
        {
            using var work = new OptimizerAtWork<float>(optimizer, [count]);
            work.Values.Fill(0.3f);
            foreach (float gradient in new[] { 0.5f, 0.3f, -0.2f })
            {
                work.Gradients.Fill(gradient);
                work.Run.Step();
            }

            Assert.NotEqual(0.3f, work.Values[0]);
            return work.Values.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void ThreadsDoNotChangeABit(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        using var one = new OptimizerAtWork<float>(optimizer, TestParameters.LargeFor(optimizer)).Start(seed: 3).Steps(Steps, seed: 4);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            using var many = new OptimizerAtWork<float>(optimizer, TestParameters.LargeFor(optimizer), threads).Start(seed: 3).Steps(Steps, seed: 4);

            Assert.True(one.Values.SequenceEqual(many.Values), $"{threads} threads");
        }
    }

    [Theory]
    [MemberData(nameof(CoordinateWiseLayouts))]
    public void ParametersMayBeCutIntoManyTensors(string settings)
    {
        var optimizer = GoldenTrajectory.Create(settings);
        using var one = new OptimizerAtWork<float>(optimizer, [150_000]).Start(seed: 3).Steps(Steps, seed: 4);
        using var many = new OptimizerAtWork<float>(optimizer, [1, 79_999, 3, 46_384, 7, 23_606]).Start(seed: 3).Steps(Steps, seed: 4);

        Assert.True(one.Values.SequenceEqual(many.Values));
    }

    static bool Agree<T>(IOptimizer optimizer, int count, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var narrow = new OptimizerAtWork<T>(optimizer, [count], vectorBits: 128).Start(seed).Steps(Steps, seed + 1);
        using var middle = new OptimizerAtWork<T>(optimizer, [count], vectorBits: 256).Start(seed).Steps(Steps, seed + 1);
        using var wide = new OptimizerAtWork<T>(optimizer, [count], vectorBits: 512).Start(seed).Steps(Steps, seed + 1);
        using var longer = new OptimizerAtWork<T>(optimizer, [count + 64], vectorBits: 512).Start(seed).Steps(Steps, seed + 1);

        // The same elements stand in full vectors of the longer one and, in part, in the tails of the others.
        return SameBits(narrow.Values, middle.Values) && SameBits(narrow.Values, wide.Values)
            && SameBits(narrow.Values, longer.Values[..count]);
    }

    static bool SameBits<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b) where T : unmanaged =>
        MemoryMarshal.AsBytes(a).SequenceEqual(MemoryMarshal.AsBytes(b));
}
