using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Tests.Architecture;
using Descent.Tests.Samples;

namespace Descent.Tests.Readme;

public class ReadmeTests
{
    static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void TheOptimizerOfTheReadmeIsTheOneThatIsCompiledHere()
    {
        var lines = File.ReadAllText(Path.Combine(Repository.Root, "samples", "OwnRule", "SignSgd.cs"));
        var code = lines[lines.IndexOf("[Optimizer", StringComparison.Ordinal)..].Trim();
        Assert.Contains(code.ReplaceLineEndings(), Text.ReplaceLineEndings());
    }

    [Fact]
    public void ItIsFoundBoundAndRun()
    {
        var optimizer = OptimizerAssembly.Load(Sample.Assembly).Create("signsgd", new Dictionary<string, object> { ["learning_rate"] = 0.25 });
        using var pool = new WorkerPool(1);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<double>([new ParameterInfo("w", new Shape(3), ParameterTraits.Weight)]);
        ((double[])[5, -1e-9, 0]).CopyTo(parameters.Gradients.Span);
        using var run = new OptimizerRun<double>(optimizer, parameters, executor);
        run.Step();
        run.Step();
        Assert.Equal([-0.5, 0.5, 0], parameters.Values.Span.ToArray());
    }

    [Theory]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/images/report.png")]
    public void WhatItPointsToIsThere(string path)
    {
        Assert.Contains($"({path})", Text);
        Assert.True(File.Exists(Path.Combine(Repository.Root, path)));
    }
}
