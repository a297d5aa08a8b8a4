using System.Text;
using Descent.Formats;

namespace Descent.Tests.Formats;

/// <summary>Inputs in hexadecimal digits are what Python writes: <c>pickle.dumps(x, protocol=2).hex()</c>.</summary>
public class PickleReaderTests
{
    [Theory]
    [InlineData("80024e2e", null)]
    [InlineData("8002882e", true)]
    [InlineData("8002892e", false)]
    [InlineData("80024bff2e", 255L)]
    [InlineData("80024dff7f2e", 32767L)]
    [InlineData("80024affffffff2e", -1L)]
    [InlineData("80028a0500000000802e", -549755813888L)]
    [InlineData("80028a08ffffffffffffff7f2e", long.MaxValue)]
    [InlineData("800247bff80000000000002e", -1.5)]
    [InlineData("80025804000000c3bc627871002e", "übx")]
    public void SingleValuesAreRead(string hex, object? expected) => Assert.Equal(expected, Read(hex));

    [Theory]
    [InlineData("8002292e")]
    [InlineData("80024b018571002e", 1L)]
    [InlineData("80024b014b028671002e", 1L, 2L)]
    [InlineData("80024b014b024b038771002e", 1L, 2L, 3L)]
    [InlineData("8002284b014b024b034b047471002e", 1L, 2L, 3L, 4L)]
    public void TuplesAreRead(string hex, params object[] expected) => Assert.Equal(expected, Assert.IsType<object?[]>(Read(hex)));

    [Theory]
    [InlineData("80025d71002e")]
    [InlineData("80025d71004b01612e", 1L)]
    [InlineData("80025d7100284b014b02652e", 1L, 2L)]
    public void ListsAreRead(string hex, params object[] expected) => Assert.Equal(expected, Assert.IsType<List<object?>>(Read(hex)));

    // {"a": 1, "b": [None]}
    [Fact]
    public void DictionariesAreReadInOrder()
    {
        var read = Assert.IsType<PickleDictionary>(Read("80027d71002858010000006171014b0158010000006271025d71034e61752e"));

        Assert.Equal(["a", "b"], read.Pairs.Select(pair => pair.Key));
        Assert.Equal(1L, read.Find("a"));
        Assert.Equal(new object?[] { null }, Assert.IsType<List<object?>>(read.Find("b")));
        Assert.Null(read.Find("c"));
    }

    [Fact]
    public void AByteStringOfPython2IsAKeyLikeAText() =>
        Assert.Equal(7L, Assert.IsType<PickleDictionary>(Of([0x80, 2, .. "}U\u0001aK\u0007s."u8])).Find("a"));

    // x = [None]; [x, x, None, None]
    [Fact]
    public void OneObjectTwiceIsOneObject()
    {
        var read = Assert.IsType<List<object?>>(Read("80025d7100285d71014e6168014e4e652e"));

        Assert.Same(read[0], read[1]);
        Assert.Equal([null, null], read[2..]);
    }

    // a = []; a.append(a)
    [Fact]
    public void AListMayHoldItself()
    {
        var read = Assert.IsType<List<object?>>(Read("80025d71006800612e"));

        Assert.Same(read, read[0]);
    }

    [Fact]
    public void RememberedNullIsNull() => Assert.Null(Of("Nq\u0000h\u0000."u8.ToArray()));

    // os.system, eval
    [Theory]
    [InlineData("800263706f7369780a73797374656d0a71002e", "posix.system")]
    [InlineData("8002635f5f6275696c74696e5f5f0a6576616c0a71002e", "__builtin__.eval")]
    public void NamesAreRefused(string hex, string name) =>
        Assert.Equal($"names \"{name}\", which is not read here, and nothing is run", Refusal(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("\u0080\u0004N.", "is of protocol 4; read is protocol 2")]
    [InlineData("", "ends at byte 0, where at least 1 more are needed")]
    [InlineData("N", "ends at byte 1, where at least 1 more are needed")]
    [InlineData(".", "takes more than there is from its stack at byte 0")]
    [InlineData("N(.", "takes more than there is from its stack at byte 2")]
    [InlineData("e.", "takes more than there is from its stack at byte 0")]
    [InlineData("](e(\u0086.", "takes more than there is from its stack at byte 4")]
    [InlineData("NNa.", "appends to what is no list at byte 2")]
    [InlineData("](NNu.", "sets items of what is no dictionary, or keys without values, at byte 4")]
    [InlineData("}(Nu.", "sets items of what is no dictionary, or keys without values, at byte 3")]
    [InlineData("N)R.", "calls what is no known function at byte 2")]
    [InlineData("NNb.", "gives a state to what has none at byte 2")]
    [InlineData("NQ.", "has the instruction 0x51 at byte 1, which is not read here")]
    [InlineData("i", "has the instruction 0x69 at byte 0, which is not read here")]
    [InlineData("h\u0000.", "recalls an object that it did not remember (0)")]
    [InlineData("Nr\u0000\u0000\u0000\u0040.", "remembers an object under the number 1073741824; the largest is 2097151")]
    [InlineData("Nr\u00ff\u00ff\u00ff\u00ff.", "claims a length of 4294967295 at byte 2")]
    [InlineData("X\u00ff\u00ff\u00ff\u007fabc", "ends at byte 8, where at least 2147483644 more are needed")]
    [InlineData("T\u0000\u0000\u0000\u0080abc", "claims a length of 2147483648 at byte 1")]
    [InlineData("\u008a\u0009123456789.", "has an integer of 9 bytes; the longest is 8")]
    [InlineData("cabc", "has a name without an end at byte 1")]
    public void WhatIsNoPickleIsRefusedInASentence(string input, string sentence) => Assert.Equal(sentence, Refusal(Encoding.Latin1.GetBytes(input)));

    [Theory]
    [InlineData("]")]
    [InlineData("(")]
    [InlineData("}")]
    public void EndlessInstructionsAreCutOff(string instruction)
    {
        byte[] input = new byte[1 << 22];
        input.AsSpan().Fill((byte)instruction[0]);

        Assert.Equal("has more than 2097152 instructions", Refusal(input));
    }

    [Theory]
    [InlineData("cnumpy\ndtype\nU\u0002f4K\u0000K\u0001\u0087R.", "has a NumPy array of another type than unsigned bytes (u1)")]
    [InlineData("cnumpy.core.multiarray\n_reconstruct\nNK\u0000U\u0001b\u0087R.", "reconstructs what is no NumPy array")]
    [InlineData("cnumpy\nndarray\n)R.", "calls what is no known function at byte 16")]
    [InlineData(Array + "Nb.", "has a NumPy array whose state is not read here")]
    [InlineData(Array + "(K\u0001K\u0002\u0085" + Type + "\u0089U\u0003abctb.", "has a NumPy array of shape [2] with 3 bytes")]
    [InlineData(Array + "(K\u0001J\u00ff\u00ff\u00ff\u007fJ\u00ff\u00ff\u00ff\u007f\u0086" + Type + "\u0089U\u0003abctb.",
        "has a NumPy array of shape [2147483647, 2147483647] with 3 bytes")]
    [InlineData(Array + "(K\u0001J\u00ff\u00ff\u00ff\u00ff\u0085" + Type + "\u0089U\u0003abctb.", "has a NumPy array with a size that is none")]
    public void OtherArraysThanThoseOfBytesAreRefused(string input, string sentence) => Assert.Equal(sentence,
        Assert.Throws<FormatException>(() => PickleReader.Read(Encoding.Latin1.GetBytes(input), PickledArray.Vocabulary)).Message);

    const string Array = "cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\u0000U\u0001b\u0087R", Type = "cnumpy\ndtype\nU\u0002u1K\u0000K\u0001\u0087R";

    static object? Read(string hex) => Of(Convert.FromHexString(hex));

    static object? Of(byte[] input) => PickleReader.Read(input, PickleVocabulary.None);

    static string Refusal(byte[] input) => Assert.ThrowsAny<FormatException>(() => Of(input)).Message;
}
