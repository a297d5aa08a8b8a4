using Descent.Analysis;
using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class LbfgsTests
{
    /// <summary>PyTorch's LBFGS with strong_wolfe calls its closure so often at its first steps on the same problems.</summary>
    [Theory]
    [InlineData("quad20", new[] { 18, 1, 1 })]
    [InlineData("drift", new[] { 4, 4, 3, 2, 5, 2, 2, 5, 2, 2 })]
    [InlineData("rosenbrock", new[] { 25, 19, 1 })]
    public void EveryGradientIsCounted(string problem, int[] calls)
    {
        var path = Trajectory.Run<double>(new Lbfgs(LineSearch: "strong-wolfe"), TestProblem.Find(problem), calls.Length);
        Assert.Equal(calls, path.Steps.Zip(path.Steps.Skip(1), (before, after) => (int)(after.GradientEvaluations - before.GradientEvaluations)));
    }
}
