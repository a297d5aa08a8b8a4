using Descent.Studies.Charts;
using Descent.Studies.Pictures;
using Descent.Tests.Studies.Comparisons;

namespace Descent.Tests.Studies.Pictures;

/// <summary>The numbers that pictures of comparisons draw.</summary>
public class ComparingPictureTests
{
    static readonly PictureStudy study = new("s",
    [
        .. MadeUpTrials.Of("sgd", 0.01, 0.90, 0.91, 0.92), .. MadeUpTrials.Of("sgd", 0.1, 0.94, 0.95, 0.96), .. MadeUpTrials.Of("sgd", 1, double.NaN, 0.9, 0.9),
        .. MadeUpTrials.Of("adam", 0.01, 0.96, 0.97, 0.985), .. MadeUpTrials.Of("adam", 0.1, 0.93, 0.93, 0.93), .. MadeUpTrials.Of("adam", 1, 0.5, 0.5, 0.5),
    ])
    {
        Target = new("test accuracy", 0.95),
    };

    [Fact]
    public void PairedDifferencesAreSeedBySeed()
    {
        var data = Draw("paired-differences").Data;
        Assert.Equal([0.02, 0.02, 0.025], Numbers(((ScatterTrace)data[0]).X), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0.065 / 3, ((ScatterTrace)data[1]).X.Numbers[0], 1e-12);
    }

    /// <summary>adam is at 0.95 or above after the last but one evaluation at seed 2, after the last at the others; sgd after the last at seeds 1 and 2.</summary>
    [Fact]
    public void SharesRiseWhenSeedsArrive()
    {
        var curves = Draw("time-to-target").Data.Cast<ScatterTrace>().ToDictionary(x => x.Name!);
        Assert.Equal([0, 300, 300, 400, 400, 400], Numbers(curves["adam"].X));
        Assert.Equal([0, 0, 1 / 3.0, 1 / 3.0, 1, 1], Numbers(curves["adam"].Y), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(2 / 3.0, curves["sgd"].Y.Numbers[^1], 1e-12);
    }

    /// <summary>At seed 2 adam is faster, at seed 1 both arrive together, at seed 0 adam alone.</summary>
    [Fact]
    public void ProfilesAreOverSeeds()
    {
        var names = Draw("profiles").Data.Select(x => x.Name).ToList();
        Assert.Equal(["adam, 1.00", $"sgd, {(1 + ((4 - (400 / 300.0)) / 3)) / 3:F2}"], names);
    }

    [Fact]
    public void TheBestAfterKClosesAtTheBest()
    {
        var lines = Draw("best-after-k").Data.Cast<ScatterTrace>().Where(x => x.ShowsLegend).ToDictionary(x => x.Name!);
        // Of sgd, one in three settings has no result.
        Assert.Equal((0.91 + 0.95) / 2, lines["sgd"].Y.Numbers[0], 1e-12);
        Assert.Equal(0.95, lines["sgd"].Y.Numbers[2], 1e-12);
    }

    [Fact]
    public void SensitivityTellsTheWidth()
    {
        var bars = Draw("sensitivity").Data.Cast<ScatterTrace>().ToDictionary(x => x.Name!);
        Assert.Equal(["adam", "sgd"], bars.Keys.Order());
        Assert.Equal([0.1 * Math.Pow(0.1, 0.25), 0.1], Numbers(bars["sgd"].X), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void WhatIsMissingIsSaid()
    {
        var one = new PictureStudy("s", [.. MadeUpTrials.Of("sgd", 0.1, 0.9, 0.91)]);
        Assert.Equal("paired-differences needs a comparison: s compares nothing: its only optimizer is sgd; a comparison needs two optimizers, or two labels of one.", PictureCatalog.Find("paired-differences").Missing(one));
        Assert.Equal("best-after-k compares several settings of an optimizer, and s has one of each: give a list, or search.", PictureCatalog.Find("best-after-k").Missing(one));
        Assert.Equal("sensitivity compares several learning rates of an optimizer, and s has one of each: give a list, or search.", PictureCatalog.Find("sensitivity").Missing(one));
        var two = new PictureStudy("s", [.. MadeUpTrials.Of("sgd", 0.1, 0.9, 0.91), .. MadeUpTrials.Of("adam", 0.1, 0.9, 0.91)]);
        Assert.Equal("profiles needs a target, and s has none: a study says target: 0.95.", PictureCatalog.Find("profiles").Missing(two));
    }

    static Figure Draw(string name)
    {
        var picture = PictureCatalog.Find(name);
        Assert.Null(picture.Missing(study));
        return picture.Draw(study);
    }

    static double[] Numbers(Column column) => column.Numbers.ToArray();
}
