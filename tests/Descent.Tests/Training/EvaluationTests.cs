using Descent.Data;
using Descent.Layers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Tests.Training;

public class EvaluationTests
{
    /// <summary>All weights are zero, so every logit is its bias: the first of the largest wins, for every image.</summary>
    [Theory]
    [InlineData(3, 3, 3)]
    [InlineData(7, 9, 7)]
    public void TheFirstOfTheLargestLogitsIsThePrediction(int first, int second, int expected)
    {
        var result = Evaluate(bias =>
        {
            bias[first] = 1;
            bias[second] = 1;
        });
        int[] counts = Counts();
        Assert.Equal(360, result.Count);
        Assert.Equal(counts[expected] / 360.0, result.Accuracy);
        Assert.Equal(counts, result.ClassCounts);
        Assert.Equal(Enumerable.Range(0, 10).Select(label => label == expected ? 1.0 : 0), result.ClassAccuracy);
        Assert.Equal(counts, result.Confusion.Select(row => row[expected]));
        // log-sum-exp of two or one raised logits, less the label's own.
        double raised = first == second ? 1 : 2;
        double loss = Math.Log((10 - raised) + (raised * Math.E)) - ((counts[first] + (first == second ? 0 : counts[second])) / 360.0);
        Assert.Equal(loss, result.Loss, 1e-6);
    }

    [Fact]
    public void ANetThatGivesNaNIsNeverRight()
    {
        foreach (int place in (int[])[0, 9])
        {
            var result = Evaluate(bias => bias[place] = float.NaN);
            Assert.Equal(0, result.Accuracy);
            Assert.Equal((360, 0), (result.Count, result.Correct));
            Assert.All(result.ClassAccuracy, accuracy => Assert.Equal(0, accuracy));
            Assert.Equal(0, result.Confusion.Sum(row => row.Sum()));
        }
    }

    static int[] Counts()
    {
        var counts = new int[10];
        foreach (int index in DigitsTraining.Data.Test.Indices)
        {
            counts[DigitsTraining.Data.Test.Images.Labels[index]]++;
        }

        return counts;
    }

    static EvaluationResult Evaluate(Action<Span<float>> setBias)
    {
        var model = DigitsTraining.Settings.Model;
        using var pool = new WorkerPool(2);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>(model.Parameters);
        InitializationCatalog.Parse("zero").Initialize(parameters, 0);
        setBias(parameters["fc2.bias"].Value.Span);
        using var evaluation = new Evaluation<float>(executor, model, parameters, Normalization.Digits);
        return evaluation.Run(DigitsTraining.Data.Test);
    }
}
