using Descent.Layers;

namespace Descent.Tests.Layers;

public class InitializationCatalogTests
{
    [Theory]
    [InlineData("he", "he(fan=in, distribution=normal, gain=relu)")]
    [InlineData(" he ( gain = 1.50 , fan=out ) ", "he(fan=out, distribution=normal, gain=1.5)")]
    [InlineData("he()", "he(fan=in, distribution=normal, gain=relu)")]
    [InlineData("xavier", "xavier(fan=average, distribution=uniform, gain=linear)")]
    [InlineData("random", "normal(scale=0.01)")]
    [InlineData("normal(scale=1e-1)", "normal(scale=0.1)")]
    [InlineData("uniform", "uniform(scale=0.01)")]
    [InlineData("zero", "zero")]
    [InlineData("pytorch", "pytorch")]
    public void AnInitializationHasOneCanonicalText(string text, string canonical)
    {
        var initialization = InitializationCatalog.Parse(text);

        Assert.Equal(canonical, initialization.Canonical);
        Assert.Equal(initialization, InitializationCatalog.Parse(canonical));
    }

    [Theory]
    [InlineData("hee", "There is no initialization \"hee\". Did you mean \"he\"? Known: zero, normal, uniform, he, xavier, pytorch.")]
    [InlineData("he(fann=in)", "initialization he has no option \"fann\". Did you mean \"fan\"? Known: fan, distribution, gain.")]
    [InlineData("he(fan=both)", "initialization he: fan must be one of in, out, average, got both.")]
    [InlineData("he(gain=-1)",
        "initialization he: gain must be a positive number or one of relu, tanh, sigmoid, gelu, gelu_tanh, linear, activation, got -1.")]
    [InlineData("normal(scale=0)", "initialization normal: scale must be a positive number, got 0.")]
    [InlineData("normal(scale=inf)", "initialization normal: scale must be a positive number, got inf.")]
    [InlineData("normal(scale=1", "initialization normal(scale=1: the form is normal(option=value, option=value), each option once.")]
    [InlineData("normal(scale)", "initialization normal(scale): the form is normal(option=value, option=value), each option once.")]
    [InlineData("normal(scale=1, scale=2)",
        "initialization normal(scale=1, scale=2): the form is normal(option=value, option=value), each option once.")]
    [InlineData("zero(scale=1)", "initialization zero has no option \"scale\".")]
    public void WhatCannotBeUnderstoodIsRefused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<BadInputException>(() => InitializationCatalog.Parse(text)).Message);

    [Fact]
    public void EverySchemeIsFoundByItsName() => Assert.All(InitializationCatalog.All, scheme =>
        Assert.StartsWith(scheme.Name, InitializationCatalog.Parse(scheme.Name).Canonical, StringComparison.Ordinal));
}
