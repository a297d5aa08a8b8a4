using System.Globalization;
using System.Numerics;
using Descent.Optimizers.Clipping;

namespace Descent.Tests.Optimizers.Clipping;

/// <summary>Clippings against PyTorch, NumPy and the paper: the rows of Golden/clipping.tsv.</summary>
public class ClippingGoldenTests
{
    static readonly string[][] rows =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Optimizers", "Clipping", "Golden", "clipping.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))];

    public static TheoryData<string, string> Rows => [.. rows.Select(row => (row[0], row[1])).Distinct()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void InDoubleEveryGradientAgrees(string clipping, string settings) => Compare<double>(clipping, settings, tolerance: null);

    [Theory]
    [MemberData(nameof(Rows))]
    public void InFloatEveryGradientAgrees(string clipping, string settings) => Compare<float>(clipping, settings, tolerance: 3e-6);

    [Fact]
    public void EveryHyperparameterIsMovedByARow() => Assert.All(ClippingCatalog.Default.All, clipping =>
        Assert.All(clipping.Hyperparameters, hyperparameter =>
            Assert.Contains(rows, row => row[0] == clipping.Name && row[1].Contains($"{hyperparameter.Name}="))));

    static void Compare<T>(string name, string settings, double? tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var model = new ClippedModel<T>();
        var clipping = ClippedModel.Create(name, settings).Start(model.Parameters, model.Executor);
        var steps = rows.Where(row => row[0] == name && row[1] == settings).ToList();
        Assert.Equal(10, steps.Count);
        foreach (var row in steps)
        {
            int t = int.Parse(row[4], CultureInfo.InvariantCulture);
            double error = tolerance ?? Number(row[3]);
            model.Fill(t);

            var clipped = clipping.Clip(model.Norm());

            double[] expected = [.. row[6].Split(' ').Select(Number)], actual = model.Gradients(clipped.Scale);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), x => Assert.Equal(x.First, x.Second, error * Math.Abs(x.First)));
            Assert.Equal(Number(row[5]), clipped.Norm, error * clipped.Norm);
        }
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
