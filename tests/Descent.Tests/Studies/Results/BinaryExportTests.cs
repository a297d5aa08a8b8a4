using System.Buffers.Binary;
using System.Text;
using Descent.Formats;
using Descent.Studies.Results;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Running;

namespace Descent.Tests.Studies.Results;

public sealed class BinaryExportTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly RunnerFixture fixture = new("seeds=0,1", "name=study", "epochs=1", "optimizer.learning_rate=[0.1,0.2]");

    public BinaryExportTests() => _ = fixture.Run(new FakeTrainings());

    StoredStudy Study => fixture.Store.Study("study")!;

    public void Dispose()
    {
        fixture.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void NpzHasTheHistoriesOfEachTrial()
    {
        using (var file = File.Create(folder["study.npz"]))
        {
            NpzExport.Write(fixture.Store, Study, file);
        }

        var arrays = NpzFile.Read(folder["study.npz"]).ToDictionary(array => array.Name);
        Assert.Equal(4 * 12, arrays.Count);
        var trial = fixture.Trials[1];
        Assert.Equal(fixture.Store.Steps(trial.Id).Loss.ToArray(), arrays["adam learning_rate=0.2 seed 0/loss"].Values<double>().ToArray());
        Assert.Equal(fixture.Store.Steps(trial.Id).GradientNorm.ToArray(), arrays["adam learning_rate=0.2 seed 0/gradient_norm"].Values<double>().ToArray());
        Assert.Equal([0, 10], arrays["adam learning_rate=0.2 seed 0/epoch_step"].Values<long>().ToArray());
        Assert.Equal([0.75, 0.75], arrays["adam learning_rate=0.2 seed 1/test_accuracy"].Values<double>().ToArray());
        Assert.All(arrays["adam learning_rate=0.2 seed 1/validation_accuracy"].Values<double>().ToArray(), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void EventFilesHoldEveryScalarUnderChecksums()
    {
        TensorBoardExport.Write(fixture.Store, Study, folder["runs"]);
        Assert.Equal(4, Directory.GetDirectories(folder["runs"]).Length);
        string file = Assert.Single(Directory.GetFiles(Path.Combine(folder["runs"], "adam learning_rate=0.1 seed 1")));
        Assert.StartsWith("events.out.tfevents.", Path.GetFileName(file));
        var events = EventFile.Read(File.ReadAllBytes(file));
        Assert.Equal("brain.Event:2", events[0].Version);
        var loss = fixture.Store.Steps(fixture.Trials[2].Id).Loss.ToArray();
        Assert.Equal(loss.Select((value, i) => ((long)i + 1, (float)value)), Of("step/loss"));
        Assert.Equal(10, Of("step/gradient_norm").Count());
        Assert.Equal([(0L, 0.75f), (10L, 0.75f)], Of("epoch/test_accuracy"));
        Assert.Empty(Of("epoch/validation_accuracy"));

        IEnumerable<(long, float)> Of(string tag) => events.Where(x => x.Tag == tag).Select(x => (x.Step, x.Value));
    }

    /// <summary>The check value of CRC-32C, RFC 3720 appendix B.4 and the catalogue of parametrised CRC algorithms: E3069283 for the digits 1 to 9.</summary>
    [Fact]
    public void TheReadersChecksumIsThePublishedOne()
    {
        Assert.Equal(0xE3069283u, EventFile.Crc32C("123456789"u8));
        Assert.Equal(EventFile.Masked("123456789"u8), EventWriter.MaskedChecksum("123456789"u8));
    }

    /// <summary>Reads event files bit by bit, without anything of the writer.</summary>
    static class EventFile
    {
        public static List<(string? Version, long Step, string? Tag, float Value)> Read(byte[] file)
        {
            var events = new List<(string?, long, string?, float)>();
            for (int at = 0; at < file.Length;)
            {
                int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
                Assert.Equal(Masked(file.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 8)));
                var message = file.AsSpan(at + 12, length);
                Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at + 12 + length)));
                events.Add(Event(message));
                at += 16 + length;
            }

            return events;
        }

        public static uint Masked(ReadOnlySpan<byte> bytes)
        {
            uint crc = Crc32C(bytes);
            return ((crc >> 15) | (crc << 17)) + 0xA282EAD8;
        }

        public static uint Crc32C(ReadOnlySpan<byte> bytes)
        {
            uint crc = 0xFFFFFFFF;
            foreach (byte b in bytes)
            {
                crc ^= b;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
                }
            }

            return ~crc;
        }

        static (string?, long, string?, float) Event(ReadOnlySpan<byte> message)
        {
            string? version = null, tag = null;
            var (step, value) = (0L, 0f);
            for (int at = 0; at < message.Length;)
            {
                ulong key = Number(message, ref at);
                switch (key)
                {
                    case (1 << 3) | 1: at += 8; break;
                    case 2 << 3: step = (long)Number(message, ref at); break;
                    case (3 << 3) | 2: version = Encoding.UTF8.GetString(Bytes(message, ref at)); break;
                    case (5 << 3) | 2: (tag, value) = Scalar(Bytes(message, ref at)); break;
                    default: Assert.Fail($"unknown field {key}"); break;
                }
            }

            return (version, step, tag, value);
        }

        static (string Tag, float Value) Scalar(ReadOnlySpan<byte> summary)
        {
            int at = 0;
            Assert.Equal((1ul << 3) | 2, Number(summary, ref at));
            var value = Bytes(summary, ref at);
            Assert.Equal(summary.Length, at);
            at = 0;
            Assert.Equal((1ul << 3) | 2, Number(value, ref at));
            string tag = Encoding.UTF8.GetString(Bytes(value, ref at));
            Assert.Equal((2ul << 3) | 5, Number(value, ref at));
            return (tag, BinaryPrimitives.ReadSingleLittleEndian(value[at..]));
        }

        static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> message, ref int at)
        {
            int length = (int)Number(message, ref at);
            at += length;
            return message.Slice(at - length, length);
        }

        static ulong Number(ReadOnlySpan<byte> message, ref int at)
        {
            ulong number = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte b = message[at++];
                number |= (ulong)(b & 0x7F) << shift;
                if (b < 0x80)
                {
                    return number;
                }
            }
        }
    }
}
