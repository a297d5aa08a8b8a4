using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class RpropTests
{
    /// <summary>The product of these two underflows to zero in float, where a rule that takes its sign would see no agreement.</summary>
    [Fact]
    public void SignsOfTinyGradientsAreCompared()
    {
        using var work = new OptimizerAtWork<float>(new Rprop(LearningRate: 1), [1]);
        work.Gradients[0] = 1e-30f;
        work.Run.Step();
        work.Run.Step();

        Assert.Equal(-2.2f, work.Values[0], 1e-6f);
    }

    /// <summary>1, 1.2 back; the turn takes no step and halves the length; then 0.6 whatever the sign.</summary>
    [Fact]
    public void AfterATurnOneStepIsLeftOut()
    {
        using var work = new OptimizerAtWork<double>(new Rprop(LearningRate: 1), [1]);
        var path = new List<double>();
        foreach (double gradient in new double[] { 1, 1, -1, -1, -1 })
        {
            work.Gradients[0] = gradient;
            work.Run.Step();
            path.Add(work.Values[0]);
        }

        double[] expected = [-1, -2.2, -2.2, -1.6, -0.88];
        Assert.All(path.Zip(expected), x => Assert.Equal(x.Second, x.First, 1e-12));
    }

    [Theory]
    [InlineData("eta_plus", 0.9, "rprop: eta_plus must be 1 or larger, got 0.9.")]
    [InlineData("step_size_min", 60.0, "rprop: step_size_min must not exceed step_size_max, got 60 and 50.")]
    public void ContradictionsAreRefused(string hyperparameter, double value, string sentence) => Assert.Equal(sentence,
        Assert.Throws<BadInputException>(() =>
            OptimizerCatalog.Default.Create("rprop", new Dictionary<string, object> { [hyperparameter] = value })).Message);
}
