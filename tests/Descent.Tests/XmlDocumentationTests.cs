namespace Descent.Tests;

/// <summary>First  paragraph's
/// start, <c>code</c>, <see cref="Version"/> and <see cref="List{T}.Add(T)"/>.</summary>
/// <remarks>Before.
/// <para>One, with a <paramref name="Number"/> and <see langword="null"/>.</para>
/// <para>Two.</para></remarks>
/// <param name="Number">Its meaning.</param>
public sealed record Documented(int Number)
{
    /// <summary>Inside.</summary>
    public sealed record Nested;
}

public class XmlDocumentationTests
{
    static readonly XmlDocumentation documentation = XmlDocumentation.Of(typeof(Documented).Assembly);

    [Fact]
    public void ACommentBecomesPlainText()
    {
        var text = documentation.Type(typeof(Documented));

        Assert.Equal("First paragraph's start, code, Version and Add.", text.Summary);
        Assert.Equal("Before.\n\nOne, with a Number and null.\n\nTwo.", text.Remarks);
        Assert.Equal("Its meaning.", text.Parameter("Number"));
        Assert.Equal("", text.Parameter("Other"));
    }

    [Fact]
    public void NestedTypesAreFound() => Assert.Equal("Inside.", documentation.Type(typeof(Documented.Nested)).Summary);

    [Fact]
    public void ATypeWithoutACommentHasEmptyTexts() => Assert.Equal("", documentation.Type(typeof(XmlDocumentationTests)).Summary);

    [Fact]
    public void AnAssemblyOfOthersMayComeWithoutComments() =>
        Assert.Equal("", XmlDocumentation.Of(typeof(FactAttribute).Assembly).Type(typeof(FactAttribute)).Summary);
}
