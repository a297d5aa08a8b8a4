using Descent.Optimizers.Clipping;

namespace Descent.Tests.Optimizers.Clipping;

public class ClippingTests
{
    public static TheoryData<string> Names => [.. ClippingCatalog.Default.Names];

    [Fact]
    public void EveryRecordInTheFolderIsFoundAndDocumented()
    {
        Assert.Equal(["norm", "percentile", "unit-wise", "value"], ClippingCatalog.Default.Names);
        Assert.All(ClippingCatalog.Default.All, clipping =>
        {
            Assert.All((string[])[clipping.Summary, clipping.Source, .. clipping.Hyperparameters.Select(x => x.Documentation)], Assert.NotEmpty);
            Assert.Contains("PyTorch", clipping.Remarks);
            Assert.Contains("Differs", clipping.Remarks);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AShortGradientIsLeftAlone(string name)
    {
        using var model = new ClippedModel<double>();
        var clipping = ClippedModel.Create(name, "").Start(model.Parameters, model.Executor);
        model.Fill(0);
        foreach (ref double x in model.Parameters.Gradients.Span)
        {
            x *= 1e-9;
        }

        double[] before = model.Gradients(1);
        double norm = model.Norm();
        var clipped = clipping.Clip(norm);

        Assert.Equal(before, model.Gradients(clipped.Scale));
        Assert.Equal(norm, clipped.Norm, 1e-24);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AZeroGradientStaysZero(string name)
    {
        using var model = new ClippedModel<float>();
        model.Parameters.Gradients.Span.Clear();

        Assert.Equal(new ClippedGradient(1, 0), ClippedModel.Create(name, "").Start(model.Parameters, model.Executor).Clip(0));
        Assert.All(model.Gradients(1), x => Assert.Equal(0, x));
    }

    /// <summary>20,000 numbers and more, so that there are several chunks.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void ThreadsDoNotChangeABit(string name)
    {
        var expected = Clipped(1);
        Assert.All((int[])[2, 3, 8], threads =>
        {
            var actual = Clipped(threads);
            Assert.Equal(expected.Clipped, actual.Clipped);
            Assert.Equal(expected.Gradients, actual.Gradients);
        });

        (ClippedGradient Clipped, double[] Gradients) Clipped(int threads)
        {
            using var model = new ClippedModel<float>(threads, copies: 400);
            var clipping = ClippedModel.Create(name, "").Start(model.Parameters, model.Executor);
            model.Fill(7);
            var clipped = clipping.Clip(model.Norm());
            return (clipped, model.Gradients(clipped.Scale));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingIsAllocatedOnceItHasRun(string name)
    {
        using var model = new ClippedModel<float>(copies: 400);
        var clipping = ClippedModel.Create(name, name == "percentile" ? "window=4" : "").Start(model.Parameters, model.Executor);
        model.Fill(7);
        double norm = model.Norm();
        for (int i = 0; i < 6; i++)
        {
            _ = clipping.Clip(norm + i);
        }

        Assert.Equal(0, Allocated.BySteadyRuns(() => clipping.Clip(norm)));
    }

    /// <summary>A rule that takes a second gradient in one step has it clipped by the same limit, and the history holds one norm a step.</summary>
    [Fact]
    public void AFurtherGradientOfAStepIsNotRemembered()
    {
        var history = Start("percentile=50");
        Assert.Equal([3, 1, 3], new double[] { 3, 1, 5 }.Select(norm => history.Clip(norm).Norm));

        Assert.Equal(new ClippedGradient(0.375, 3), history.ClipAgain(8));
        Assert.Equal("3 1 5", history.Save());
    }

    [Fact]
    public void AHistoryReadsBackToTheBit()
    {
        var (first, second) = (Start("percentile=30 window=5"), Start("percentile=30 window=5"));
        double[] norms = [.. Enumerable.Range(0, 40).Select(i => Math.Exp(3 * Math.Sin(i * i)))];
        foreach (double norm in norms[..20])
        {
            _ = first.Clip(norm);
        }

        second.Restore(first.Save()!);

        Assert.Equal(norms[20..].Select(first.Clip), norms[20..].Select(second.Clip));
        Assert.Equal(first.Save(), second.Save());
    }

    [Theory]
    [InlineData("1 2 3 4 5 6", "A checkpoint's history of norms must be at most 5 numbers, got 6, among them \"1\".")]
    [InlineData("1 x", "A checkpoint's history of norms must be at most 5 numbers, got 2, among them \"x\".")]
    [InlineData("NaN", "A checkpoint's history of norms must be at most 5 numbers, got 1, among them \"NaN\".")]
    public void ADamagedHistoryIsRefused(string text, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => Start("window=5").Restore(text)).Message);

    [Theory]
    [InlineData("norm", "limit=0", "norm: limit must be positive, got 0.")]
    [InlineData("percentile", "percentile=101", "percentile: percentile must lie in [0, 100], got 101.")]
    [InlineData("percentile", "window=0.5", "percentile: window must be a whole number of at least 1, got 0.5.")]
    [InlineData("unitwise", "", "unitwise is not a clipping. Did you mean \"unit-wise\"? Known: norm, percentile, unit-wise, value.")]
    public void WhatIsNotAllowedIsSaid(string name, string settings, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<BadInputException>(() => ClippedModel.Create(name, settings)).Message);

    static ClippingRun<double> Start(string settings)
    {
        using var model = new ClippedModel<double>();
        return ClippedModel.Create("percentile", settings).Start(model.Parameters, model.Executor);
    }
}
