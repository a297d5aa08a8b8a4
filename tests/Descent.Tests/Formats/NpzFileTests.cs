using System.IO.Compression;
using System.Text;
using Descent.Formats;

namespace Descent.Tests.Formats;

public sealed class NpzFileTests : IDisposable
{
    // numpy 1.24.2: np.savez_compressed(b, w=np.arange(6, dtype='f4').reshape(2, 3), s=np.array(-7, dtype='i8'), e=np.zeros((0, 4)),
    // v=np.array([np.pi, -0.0])).
    const string FromNumpy = """
        UEsDBBQAAAAIAAAAIQBP6QAqVQAAAJgAAAAFABQAdy5ucHkBABAAmAAAAAAAAABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndL
        zClOBYoXZyQWpAL5GkY6CsaaOgq1CmQDLgYwaLAHEg5ABMQNQLzAAQBQSwMEFAAAAAgAAAAhAMi4PORGAAAAiAAAAAUAFABzLm5weQEAEACIAAAAAAAAAEYAAAAAAAAAm+wX
        6hsQychQxlCtnpJanFykbqWgbpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkamjoKtQoUAa6f/yEAAFBLAwQUAAAACAAAACEAMTcJ40YAAACAAAAABQAUAGUu
        bnB5AQAQAIAAAAAAAAAARgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2ahrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RoGOgommjoKtQpkAy4AUEsDBBQA
        AAAIAAAAIQDA4FnlUAAAAJAAAAAFABQAdi5ucHkBABAAkAAAAAAAAABQAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqGuo6Cell9UUpSYF59flJIKEndLzClOBYoX
        ZyQWpAL5GkY6mjoKtQoUAC4JXZeQ34qcDgwQ0AAAUEsBAhQDFAAAAAgAAAAhAE/pACpVAAAAmAAAAAUAAAAAAAAAAAAAAIABAAAAAHcubnB5UEsBAhQDFAAAAAgAAAAhAMi4
        PORGAAAAiAAAAAUAAAAAAAAAAAAAAIABjAAAAHMubnB5UEsBAhQDFAAAAAgAAAAhADE3CeNGAAAAgAAAAAUAAAAAAAAAAAAAAIABCQEAAGUubnB5UEsBAhQDFAAAAAgAAAAh
        AMDgWeVQAAAAkAAAAAUAAAAAAAAAAAAAAIABhgEAAHYubnB5UEsFBgAAAAAEAAQAzAAAAA0CAAAAAA==
        """;

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ReadsWhatNumpyWrote()
    {
        File.WriteAllBytes(folder["n.npz"], Convert.FromBase64String(FromNumpy));

        var arrays = NpzFile.Read(folder["n.npz"]);

        Assert.Equal(["w", "s", "e", "v"], arrays.Select(array => array.Name));
        Assert.Equal([2, 3], arrays[0].Shape);
        Assert.Equal([0f, 1, 2, 3, 4, 5], arrays[0].Values<float>().ToArray());
        Assert.Empty(arrays[1].Shape);
        Assert.Equal([-7L], arrays[1].Values<long>().ToArray());
        Assert.Equal([0, 4], arrays[2].Shape);
        Assert.Equal([Math.PI, -0.0], arrays[3].Values<double>().ToArray());
    }

    [Fact]
    public void ReadsNumpysHalvesAndArraysByColumns()
    {
        // Written by numpy 1.24.2 (Golden/generate.py).
        var arrays = NpzFile.Read(Path.Combine(AppContext.BaseDirectory, "Formats/Golden/halves-and-columns.npz")).ToDictionary(array => array.Name);

        Assert.Equal([3, 2], arrays["h"].Shape);
        Assert.Equal([1f, -0.5f, 65504, 1 / 16777216f, float.PositiveInfinity, -0f], arrays["h"].Values<float>().ToArray());
        Assert.Equal([2, 3, 4], arrays["c"].Shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (float)i), arrays["c"].Values<float>().ToArray());
        Assert.Equal([0f, 1, 2, 3, 4, 5], arrays["ch"].Values<float>().ToArray());
        Assert.Equal([0, 4], arrays["e"].Shape);
    }

    // The 128 bytes are those that numpy.save (1.24.2) writes before the values.
    [Theory]
    [InlineData(ElementType.Float32, new[] { 2, 3 }, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")]
    [InlineData(ElementType.Int64, new int[0], "{'descr': '<i8', 'fortran_order': False, 'shape': (), }")]
    [InlineData(ElementType.Float64, new[] { 5 }, "{'descr': '<f8', 'fortran_order': False, 'shape': (5,), }")]
    public void WritesTheHeaderOfNumpy(ElementType type, int[] shape, string description)
    {
        byte[] expected = [0x93, .. "NUMPY"u8, 1, 0, 0x76, 0, .. Encoding.ASCII.GetBytes(description.PadRight(117)), (byte)'\n'];

        Assert.Equal(expected, NpyFormat.Header(type, shape));
    }

    [Fact]
    public void ReadsBackWhatWasWrittenAndEqualArraysGiveEqualBytes()
    {
        NamedArray[] arrays =
        [
            NamedArray.Copy<float>("train/loss", [100, 1000], [.. Enumerable.Range(0, 100_000).Select(i => MathF.Cos(i))]),
            NamedArray.Copy<double>("x", [], [double.NegativeInfinity]),
            NamedArray.Copy<long>("n", [2, 1], [long.MinValue, 3]),
            NamedArray.Copy<double>("none", [0, 3], []),
        ];
        NpzFile.Write(folder["a.npz"], arrays);
        NpzFile.Write(folder["b.npz"], arrays);

        var read = NpzFile.Read(folder["a.npz"]);

        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
        Assert.Equal(arrays.Select(array => (array.Name, array.Type)), read.Select(array => (array.Name, array.Type)));
        Assert.All(arrays.Zip(read), pair =>
        {
            Assert.Equal(pair.First.Shape, pair.Second.Shape);
            Assert.True(pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span));
        });
    }

    [Theory]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }", "has the type '>f4'; known here: <f4, <f8, <i8, <i4, |u1, <f2")]
    [InlineData("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", "has the fortran_order Maybe, which is neither True nor False")]
    [InlineData("{'descr': '<f2', 'fortran_order': True, 'shape': (1,), }", "of type Float32 and shape [1] has 4 bytes of values")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, 1, 1, 1, 1, 1, 1, 1, 2), }",
        "of type Float32 and shape [1, 1, 1, 1, 1, 1, 1, 1, … 10 axes] has 4 bytes of values")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", "has the size -1 in its shape")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "of type Float32 and shape [2] has 4 bytes of values")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }",
        "of type Float32 and shape [2147483647, 2147483647, 2147483647] has 4 bytes of values")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", "has a header without shape")]
    [InlineData("", "has a header without descr")]
    public void AnArrayThatIsNotReadHereIsNamed(string description, string sentence)
    {
        byte[] text = Encoding.ASCII.GetBytes(description);
        Zip([0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. text, 0, 0, 128, 63]);

        Assert.StartsWith($"{folder["z.npz"]} is not a valid NPZ file: array \"a\" {sentence}", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("934E554D50", "does not begin as an NPY array")]
    [InlineData("934E554D50590900FFFF", "does not begin as an NPY array of version 1 to 3")]
    [InlineData("934E554D505901", "does not begin as an NPY array")]
    [InlineData("934E554D5059010076", "has a cut or too long header")]
    [InlineData("934E554D50590100760020", "ends inside its header")]
    [InlineData("934E554D50590200FFFFFF7F", "has a cut or too long header")]
    public void ACutHeaderIsRefused(string bytes, string sentence)
    {
        Zip(Convert.FromHexString(bytes));

        Assert.Contains(sentence, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AFlippedByteOfAValueIsRefused()
    {
        NpzFile.Write(folder["z.npz"], [NamedArray.Copy<float>("a", [3], [1, 2, 5])]);
        byte[] bytes = File.ReadAllBytes(folder["z.npz"]);
        bytes[bytes.AsSpan().IndexOf(BitConverter.GetBytes(5f))] ^= 1;
        File.WriteAllBytes(folder["z.npz"], bytes);

        Assert.Equal($"{folder["z.npz"]} is not a valid NPZ file: array \"a\" is cut or corrupt.", Refusal());
    }

    [Fact]
    public void EveryCutOfAFileIsRefused()
    {
        byte[] whole = Convert.FromBase64String(FromNumpy);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder["z.npz"], whole[..length]);
            _ = Refusal();
        }
    }

    [Fact]
    public void SizesThatTheFileCannotHoldAreRefusedBeforeAllocating()
    {
        NpzFile.Write(folder["z.npz"], [NamedArray.Copy<float>("a", [3], [1, 2, 5])]);
        byte[] bytes = File.ReadAllBytes(folder["z.npz"]);
        // In the central directory, the packed size stands 20 bytes after the signature, the unpacked size 24.
        int directory = bytes.AsSpan().IndexOf("PK\u0001\u0002"u8);
        bytes[directory + 27] = 0x7F;
        File.WriteAllBytes(folder["z.npz"], bytes);
        Assert.Contains("its entry \"a.npy\" claims 2130706", Refusal(), StringComparison.Ordinal);

        bytes[directory + 23] = 0x7F;
        File.WriteAllBytes(folder["z.npz"], bytes);
        Assert.Contains($"its entries claim more than the {bytes.Length} bytes of the file", Refusal(), StringComparison.Ordinal);
    }

    /// <summary>100 MB of zeros in 100 kB.</summary>
    [Fact]
    public void WeightsThatUnpackWithoutMeasureAreRefusedBeforeAllocating()
    {
        using (var archive = new ZipArchive(File.Create(folder["z.npz"]), ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("a.npy", CompressionLevel.SmallestSize).Open();
            entry.Write(NpyFormat.Header(ElementType.Float32, [25_000_000]));
            byte[] zeros = new byte[1_000_000];
            for (int i = 0; i < 100; i++)
            {
                entry.Write(zeros);
            }
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        string told = Assert.Throws<BadInputException>(() => WeightsFile.Read(folder["z.npz"])).Message;
        Assert.Contains("is not a valid NPZ file: its arrays claim 100000128 bytes unpacked, where ", told, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(25_000_000, Assert.Single(NpzFile.Read(folder["z.npz"])).Count);
    }

    [Fact]
    public void AMissingFileIsNamed()
    {
        Assert.Equal($"{folder["z.npz"]} does not exist.", Refusal());
    }

    [Fact]
    public void TwoArraysOfOneNameAreRefused() => Assert.Throws<ArgumentException>(() =>
        NpzFile.Write(folder["z.npz"], [NamedArray.Copy<long>("a", [], [1]), NamedArray.Copy<long>("a", [], [1])]));

    [Fact]
    public void TheChecksumIsTheStandardOne()
    {
        Assert.Equal(0xCBF43926, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926, Crc32.Append(Crc32.Append(0, "1234"u8), "56789"u8));
    }

    void Zip(byte[] content)
    {
        using var archive = new ZipArchive(File.Create(folder["z.npz"]), ZipArchiveMode.Create);
        using var entry = archive.CreateEntry("a.npy").Open();
        entry.Write(content);
    }

    string Refusal() => Assert.Throws<BadInputException>(() => NpzFile.Read(folder["z.npz"])).Message;
}
