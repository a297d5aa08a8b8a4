using System.Buffers.Binary;
using System.Text;
using Descent.Formats;

namespace Descent.Tests.Formats;

public sealed class SafeTensorsFileTests : IDisposable
{
    static readonly Dictionary<string, string> NoMetadata = [];

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsAFileWrittenByHandFromTheSpecification()
    {
        string path = File("""{"__metadata__":{"format":"pt"},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}"""
            + ""","a":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"e":{"dtype":"F64","shape":[0,3],"data_offsets":[16,16]}}""",
            [254, 255, 255, 255, 255, 255, 255, 255, 0, 0, 128, 63, 0, 0, 0, 192]);

        var file = SafeTensorsFile.Read(path);

        Assert.Equal("pt", Assert.Single(file.Metadata, pair => pair.Key == "format").Value);
        Assert.Equal(["b", "a", "e"], file.Arrays.Select(array => array.Name));
        Assert.Equal([1f, -2f], file.Arrays[0].Values<float>().ToArray());
        Assert.Equal([-2L], file.Arrays[1].Values<long>().ToArray());
        Assert.Empty(file.Arrays[1].Shape);
        Assert.Equal([0, 3], file.Arrays[2].Shape);
        Assert.Equal(0, file.Arrays[2].Count);
    }

    /// <summary>1, −2, the largest half and its smallest denormal number; 1, −2, ∞ and 2⁻¹²⁶ as upper halves of float32.</summary>
    [Fact]
    public void HalfAndBfloat16AreReadAsFloat32()
    {
        string path = File("""{"b":{"dtype":"BF16","shape":[2,2],"data_offsets":[8,16]},"h":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""",
            [0x00, 0x3C, 0x00, 0xC0, 0xFF, 0x7B, 0x01, 0x00, 0x80, 0x3F, 0x00, 0xC0, 0x80, 0x7F, 0x80, 0x00]);

        var arrays = SafeTensorsFile.Read(path).Arrays;

        Assert.Equal([1f, -2f, float.PositiveInfinity, MathF.ScaleB(1, -126)], arrays[0].Values<float>().ToArray());
        Assert.Equal([2, 2], arrays[0].Shape);
        Assert.Equal([1f, -2f, 65504f, MathF.ScaleB(1, -24)], arrays[1].Values<float>().ToArray());
    }

    [Fact]
    public void WritesTheBytesOfTheSpecification()
    {
        string path = folder["w.safetensors"];
        SafeTensorsFile.Write(path, [NamedArray.Copy<float>("x", [1], [1f]), NamedArray.Copy<double>("y", [1], [-2d])],
            new Dictionary<string, string> { ["k"] = "v" });

        byte[] bytes = System.IO.File.ReadAllBytes(path);
        int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        string json = Encoding.UTF8.GetString(bytes, 8, length);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"__metadata__":{"k":"v"},"x":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}"""
            + ""","y":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""", json.TrimEnd(' '));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 192, 0, 0, 128, 63], bytes.AsSpan(8 + length).ToArray());
    }

    [Fact]
    public void ReadsBackWhatWasWritten()
    {
        float[] weights = [.. Enumerable.Range(0, 100_000).Select(i => MathF.Sin(i))];
        NamedArray[] arrays =
        [
            NamedArray.Copy<float>("fc1.weight", [100, 1000], weights),
            NamedArray.Copy<float>("odd \"name\" ü", [1, 1, 3], [float.NaN, float.NegativeInfinity, -0f]),
            NamedArray.Copy<double>("d", [2], [Math.PI, double.Epsilon]),
            NamedArray.Copy<long>("step", [], [long.MinValue]),
        ];
        var metadata = new Dictionary<string, string> { ["workload"] = "digits-mlp", ["json"] = "{\"a\": 1}", [""] = "" };
        string path = folder["new/folder/t.safetensors"];

        SafeTensorsFile.Write(path, arrays, metadata);
        var read = SafeTensorsFile.Read(path);

        Assert.Equal(arrays.Select(array => (array.Name, array.Type)), read.Arrays.Select(array => (array.Name, array.Type)));
        Assert.All(arrays.Zip(read.Arrays), pair =>
        {
            Assert.Equal(pair.First.Shape, pair.Second.Shape);
            Assert.True(pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span));
        });
        Assert.Equal(metadata, read.Metadata);
        Assert.Equal(metadata, SafeTensorsFile.ReadMetadata(path));
    }

    [Theory]
    [InlineData("[]", "the header is not a JSON object")]
    [InlineData("{\"a\":", "the header is not valid JSON")]
    [InlineData("\"\\ud800\"", "the header is not a JSON object")]
    [InlineData("{\"\\ud800\":{}}", "the header is not valid JSON")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "the header is not valid JSON (Duplicate property 'a'")]
    [InlineData("""{"a":7}""", "tensor \"a\" does not have dtype, shape and two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", "tensor \"a\" does not have dtype")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}}""",
        "tensor \"a\" has dtype \"F8_E4M3\"; known here: F32, F64, I64, I32, U8, F16, BF16.")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[2],"data_offsets":[0,8]}}""", "tensor \"a\" of 4 bytes has the data_offsets 0 to 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "tensor \"a\" has the size -2 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", "tensor \"a\" has the size 2.5 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1152921504606846976],"data_offsets":[0,8]}}""",
        "tensor \"a\" has the size 1152921504606846976")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1073741824,1073741824,1073741824],"data_offsets":[0,8]}}""",
        "tensor \"a\" of shape [1073741824, 1073741824, 1073741824] is larger than 2 GiB")]
    [InlineData("""{"a":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}""",
        "its tensors take 2000000000 bytes of data, the file has 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,1152921504606846976]}}""",
        "tensor \"a\" of 8 bytes has the data_offsets 0 to 1152921504606846976")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "tensor \"a\" has the data offset -8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "tensor \"a\" of 8 bytes has the data_offsets 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "tensor \"b\" begins at byte 4 of the data where 8 is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "tensor \"a\" begins at byte 4 of the data where 0 is expected")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "its tensors take 4 bytes of data, the file has 8")]
    [InlineData("""{"__metadata__":{"a":1}}""", "__metadata__ \"a\" is not a string")]
    [InlineData("""{"__metadata__":[]}""", "__metadata__ is not an object")]
    public void RefusesAHostileHeader(string json, string sentence)
    {
        string path = File(json, new byte[8]);

        var exception = Assert.Throws<BadInputException>(() => SafeTensorsFile.Read(path));

        Assert.StartsWith($"{path} is not a valid safetensors file: {sentence}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1UL << 60, "the header claims 1152921504606846976 bytes, the file has 10 after its length")]
    [InlineData(ulong.MaxValue, "the header claims 18446744073709551615 bytes")]
    [InlineData(11UL, "the header claims 11 bytes, the file has 10 after its length")]
    public void RefusesAHeaderLengthBeyondTheFileBeforeAllocating(ulong claim, string sentence)
    {
        byte[] bytes = new byte[18];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claim);
        System.IO.File.WriteAllBytes(folder["h"], bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();

        var exception = Assert.Throws<BadInputException>(() => SafeTensorsFile.Read(folder["h"]));

        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void EveryCutOfAFileIsRefused()
    {
        string whole = folder["whole"];
        SafeTensorsFile.Write(whole, [NamedArray.Copy<float>("x", [2, 2], [1, 2, 3, 4])], new Dictionary<string, string> { ["k"] = "v" });
        byte[] bytes = System.IO.File.ReadAllBytes(whole);

        for (int length = 0; length < bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(folder["cut"], bytes.AsSpan(0, length).ToArray());
            _ = Assert.Throws<BadInputException>(() => SafeTensorsFile.Read(folder["cut"]));
        }
    }

    [Fact]
    public void AMissingFileIsNamed() => Assert.Equal($"{folder["none"]} does not exist.",
        Assert.Throws<BadInputException>(() => SafeTensorsFile.Read(folder["none"])).Message);

    [Fact]
    public void AFolderIsNotAFile() => Assert.StartsWith($"{folder.Path} cannot be read:",
        Assert.Throws<BadInputException>(() => SafeTensorsFile.Read(folder.Path)).Message, StringComparison.Ordinal);

    [Fact]
    public void AnotherElementTypeIsRefused() => Assert.Equal("Array \"x\" holds Float32, not Float64.",
        Assert.Throws<BadInputException>(() => NamedArray.Copy<float>("x", [1], [1f]).Values<double>().Length).Message);

    [Fact]
    public void TwoArraysOfOneNameAreRefusedAndTheOldFileStays()
    {
        string path = folder["x"];
        SafeTensorsFile.Write(path, [NamedArray.Copy<float>("x", [1], [1f])], NoMetadata);

        _ = Assert.Throws<ArgumentException>(() => SafeTensorsFile.Write(
            path, [NamedArray.Copy<float>("x", [1], [2f]), NamedArray.Copy<float>("x", [1], [3f])], NoMetadata));

        Assert.Equal(1f, SafeTensorsFile.Read(path).Arrays[0].Values<float>()[0]);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void BytesAndShapeMustAgree()
    {
        _ = Assert.Throws<ArgumentException>(() => new NamedArray("x", ElementType.Float32, [3], new byte[8]));
        _ = Assert.Throws<ArgumentException>(() => new NamedArray("x", ElementType.Float32, [-1], new byte[8]));
        _ = Assert.Throws<ArgumentException>(() => NamedArray.Copy<double>("x", [int.MaxValue, int.MaxValue, int.MaxValue], []));
        _ = Assert.Throws<NotSupportedException>(() => NamedArray.Copy<short>("x", [1], [1]));
    }

    string File(string json, byte[] data)
    {
        byte[] text = Encoding.UTF8.GetBytes(json), bytes = new byte[8 + text.Length + data.Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)text.Length);
        text.CopyTo(bytes, 8);
        data.CopyTo(bytes, 8 + text.Length);
        string path = folder["file.safetensors"];
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }
}
