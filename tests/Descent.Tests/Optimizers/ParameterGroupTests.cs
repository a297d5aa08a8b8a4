using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Tests.Optimizers;

/// <summary>Hyperparameters of their own for some parameters.</summary>
public class ParameterGroupTests
{
    static readonly ParameterInfo[] net = TestParameters.Net;

    /// <summary>Each parameter moves as with an optimizer of its own.</summary>
    [Fact]
    public void EachGroupMovesByItsOwnHyperparameters()
    {
        var usual = new AdamW(LearningRate: 0.01, WeightDecay: 0.3);
        using var grouped = new OptimizerAtWork<float>(usual, net, groups:
        [
            Group(new ParameterMatch { Ranks = [1] }, ("weight_decay", 0.0)),
            Group(new ParameterMatch { Is = ["head"] }, ("learning_rate", 0.1)),
        ]).Start(seed: 1).Steps(5, seed: 2);

        foreach (var info in net)
        {
            var own = usual with
            {
                WeightDecay = info.Shape.Rank == 1 ? 0 : 0.3,
                LearningRate = info.Traits.HasFlag(ParameterTraits.Head) ? 0.1 : 0.01,
            };
            using var alone = new OptimizerAtWork<float>(own, net).Start(seed: 1).Steps(5, seed: 2);
            Assert.True(alone.Parameters[info.Name].Value.Span.SequenceEqual(grouped.Parameters[info.Name].Value.Span), info.Name);
        }
    }

    [Theory]
    [InlineData("head.bias", true)]
    [InlineData("head*", true)]
    [InlineData("*.bias", true)]
    [InlineData("*ea*i*", true)]
    [InlineData("*", true)]
    [InlineData("head", false)]
    [InlineData("bias", false)]
    [InlineData("*weight", false)]
    [InlineData("Head*", false)]
    public void NamesFitPatterns(string pattern, bool fits) =>
        Assert.Equal(fits, new ParameterMatch { Names = [pattern] }.Holds(net.Single(x => x.Name == "head.bias")));

    [Fact]
    public void AllPartsOfAMatchMustHold()
    {
        var match = new ParameterMatch { Is = ["head", "normalization"], Ranks = [1] };
        Assert.Equal(["bn1.weight", "head.bias"], net.Where(match.Holds).Select(x => x.Name));
    }

    [Fact]
    public void MistakesAreNamed()
    {
        Assert.Equal("Parameter group 1 matches no parameter of the model.", Message(new Adam(), Group(new() { Ranks = [3] }, ("epsilon", 1.0))));
        Assert.StartsWith("A parameter is not \"heads\". Did you mean \"head\"?", Message(new Adam(), Group(new() { Is = ["heads"] }, ("epsilon", 1.0))));
        Assert.StartsWith("adam has no hyperparameter \"rho\".", Message(new Adam(), Group(new(), ("rho", 1.0))));
        Assert.Equal("adam: beta1 must lie in [0, 1), got 1.", Message(new Adam(), Group(new(), ("beta1", 1.0))));
        Assert.Equal("lbfgs moves all parameters together: it cannot have groups of them.", Message(new Lbfgs(), Group(new(), ("learning_rate", 0.5))));
    }

    /// <summary>Muon hands on what it does not take, by the parameters' traits and shapes.</summary>
    [Fact]
    public void MuonTakesTheHiddenMatrices()
    {
        using var work = new OptimizerAtWork<float>(new Muon(), net);
        Assert.Equal(["conv2.weight", "fc1.weight", "fc2.weight"], Names(work, "momentum_buffer"));
        Assert.Equal(["conv1.weight", "conv1.bias", "bn1.weight", "fc1.bias", "head.weight", "head.bias"], Names(work, "exp_avg"));

        using var adamw = new OptimizerAtWork<float>(new AdamW(3e-4, 0.9, 0.95, 1e-10, 0), net).Start(seed: 1).Steps(5, seed: 2);
        _ = work.Start(seed: 1).Steps(5, seed: 2);
        Assert.All(Names(work, "exp_avg"), name => Assert.Equal(adamw.Parameters[name].Value.Span, work.Parameters[name].Value.Span));
        Assert.All(Names(work, "momentum_buffer"), name => Assert.False(adamw.Parameters[name].Value.Span.SequenceEqual(work.Parameters[name].Value.Span)));
    }

    static string[] Names(OptimizerAtWork<float> work, string state) => [.. work.Run.States.Where(x => x.Name == state).Select(x => x.Parameter.Name)];

    static ParameterGroup Group(ParameterMatch match, params (string Name, object Value)[] values) =>
        new(match, values.ToDictionary(x => x.Name, x => x.Value));

    static string Message(IOptimizer optimizer, ParameterGroup group) =>
        Assert.Throws<BadInputException>(() => new OptimizerAtWork<float>(optimizer, net, groups: [group])).Message;
}
