using Descent.Optimizers;
using Descent.Studies.Definition;

namespace Descent.Tests.Studies.Definition;

/// <summary>Where a hyperparameter and a key that stands beside an optimizer bear one name, <c>--set optimizer.steps=3</c> would speak to the wrong one.</summary>
public class OptimizerEntryTests
{
    [Fact]
    public void NoHyperparameterBearsTheNameOfAKeyBesideIt() => Assert.All(OptimizerCatalog.Default.Optimizers, rule =>
        Assert.DoesNotContain(rule.Hyperparameters, x => OptimizerEntryReader.IsBeside(x.Name)));

    [Fact]
    public void ARuleOfSomebodysOwnThatHasOneIsRefused()
    {
        var catalog = OptimizerCatalog.Default.With(new OptimizerCatalog(typeof(OptimizerEntryTests).Assembly));

        Assert.Equal("study.yaml, line 4: taken: no hyperparameter may be called \"steps\", which is a key that stands beside an optimizer.",
            Assert.Throws<BadInputException>(() => StudyFile.Parse(StudyText.Smallest.Replace("adam", "taken"), "study.yaml", optimizers: catalog)).Message);
    }
}

[Optimizer("taken", Source = "a test")]
public sealed record Taken([Positive] double LearningRate = 1, [Whole(1)] double Steps = 5) : IOptimizer
{
    public IReadOnlyList<string> States => [];

    public void Step<V, T>(StepContext<V, T> step) where V : struct, Descent.Tensors.Kernels.IVector<V, T>
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => throw new NotSupportedException();
}
