using Descent.Tensors;

namespace Descent.Tests.Tensors;

public class PhiloxTests
{
    /// <summary>The known-answer vectors published with Random123 (kat_vectors: philox4x32, 10 rounds).</summary>
    [Theory]
    [InlineData("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8")]
    [InlineData("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd")]
    [InlineData("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1")]
    public void GivesThePublishedWords(string counter, string key, string expected)
    {
        var words = Words(counter);
        var keys = Words(key);
        Philox.Block(words, keys[0], keys[1]);
        Assert.Equal(Words(expected), words);
    }

    static uint[] Words(string text) => [.. text.Split(' ').Select(word => Convert.ToUInt32(word, 16))];
}
