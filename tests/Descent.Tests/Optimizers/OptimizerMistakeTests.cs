using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Tests.Optimizers;

public class OptimizerMistakeTests
{
    static readonly OptimizerCatalog catalog = OptimizerCatalog.Default;

    public static TheoryData<string> Names => [.. catalog.Optimizers.Select(x => x.Name)];

    [Fact]
    public void AnUnknownRuleIsRefusedWithTheNearestName()
    {
        string known = string.Join(", ", catalog.Optimizers.Select(x => x.Name));
        Assert.Equal($"adamm is not an optimizer. Did you mean \"adam\"? Known: {known}.", Message(() => catalog.Find("adamm")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AnUnknownHyperparameterIsRefusedWithTheNearestName(string name)
    {
        string known = string.Join(", ", catalog.Find(name).Hyperparameters.Select(x => x.Name));
        Assert.Equal($"{name} has no hyperparameter \"learing_rate\". Did you mean \"learning_rate\"? Known: {known}.",
            Message(() => Create(name, "learing_rate", 0.1)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AValueOutOfRangeIsRefused(string name)
    {
        foreach (var hyperparameter in catalog.Find(name).Hyperparameters.Where(x => x.Range is not null))
        {
            foreach (double value in new[] { -1.5, double.NaN, double.PositiveInfinity })
            {
                string text = Hyperparameter.Text(value);
                Assert.Equal($"{name}: {hyperparameter.Name} must {hyperparameter.Range!.Rule}, got {text}.",
                    Message(() => Create(name, hyperparameter.Name, value)));
            }
        }
    }

    [Theory]
    [InlineData("adamw", "beta1", "1.2", "adamw: beta1 must lie in [0, 1), got 1.2.")]
    [InlineData("adamw", "beta1", 1.0, "adamw: beta1 must lie in [0, 1), got 1.")]
    [InlineData("adam", "epsilon", 0.0, "adam: epsilon must be positive, got 0.")]
    [InlineData("sgd", "weight_decay", -1e-4, "sgd: weight_decay must be zero or positive, got -0.0001.")]
    [InlineData("adam", "learning_rate", "fast", "adam: learning_rate must be a number, got \"fast\".")]
    [InlineData("adam", "learning_rate", "1,5", "adam: learning_rate must be a number, got \"1,5\".")]
    [InlineData("adam", "learning_rate", true, "adam: learning_rate must be a number, got true.")]
    [InlineData("sgd", "nesterov", "yes", "sgd: nesterov must be true or false, got \"yes\".")]
    [InlineData("sgd", "nesterov", 1, "sgd: nesterov must be true or false, got 1.")]
    [InlineData("sgd", "nesterov", true, "sgd: nesterov needs momentum above 0 and dampening 0, got momentum 0 and dampening 0.")]
    public void TheSentenceNamesPlaceRuleAndValue(string name, string hyperparameter, object value, string sentence) =>
        Assert.Equal(sentence, Message(() => Create(name, hyperparameter, value)));

    [Fact]
    public void NesterovRefusesDampening() =>
        Assert.Equal("sgd: nesterov needs momentum above 0 and dampening 0, got momentum 0.9 and dampening 0.5.", Message(() =>
            catalog.Create("sgd", new Dictionary<string, object> { ["momentum"] = 0.9, ["dampening"] = 0.5, ["nesterov"] = true })));

    [Fact]
    public void ARecordMadeInCodeIsCheckedWhenItIsPutToWork()
    {
        using var parameters = new Parameters<float>([new ParameterInfo("w", new Shape(3), ParameterTraits.Weight)]);
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();

        Assert.Equal("adamw: beta1 must lie in [0, 1), got 2.",
            Message(() => new OptimizerRun<float>(new AdamW(Beta1: 2), parameters, executor)));
        Assert.StartsWith("sgd: nesterov needs momentum",
            Message(() => new OptimizerRun<float>(new Sgd(Nesterov: true), parameters, executor)));
    }

    static IOptimizer Create(string name, string hyperparameter, object value) =>
        catalog.Create(name, new Dictionary<string, object> { [hyperparameter] = value });

    static string Message(Func<object> action) => Assert.Throws<BadInputException>(action).Message;
}
