using Descent.App.Output;
using Descent.Studies.Statistics;

namespace Descent.Tests.App;

public class JsonTests
{
    [Theory]
    [InlineData(double.NaN, "null")]
    [InlineData(double.PositiveInfinity, "null")]
    [InlineData(double.NegativeInfinity, "null")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(5e-324, "5E-324")]
    [InlineData(-0.0, "-0")]
    public void NumbersKeepTheirDigitsAndAreNeverOtherThanJson(double value, string expected) =>
        Assert.Equal($"{{\"loss\":{expected}}}", Line(new { Loss = value }));

    [Fact]
    public void KeysAreInSnakeCaseAndTextsInUnicode() =>
        Assert.Equal("{\"gradient_norm\":1,\"what_it_is\":\"θ ← θ − η·g\"}", Line(new { GradientNorm = 1.0, WhatItIs = "θ ← θ − η·g" }));

    [Fact]
    public void SettingsBecomeNumbersAndTruthValues() => Assert.Equal("{\"learning_rate\":1E-08,\"nesterov\":true,\"mode\":\"fast\"}",
        Line(Json.Values([new Setting("learning_rate", "1e-08"), new Setting("nesterov", "true"), new Setting("mode", "fast")])));

    static string Line<T>(T value)
    {
        using var writer = new StringWriter();
        Json.WriteLine(writer, value);
        return writer.ToString().TrimEnd();
    }
}
