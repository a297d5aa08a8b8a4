namespace Descent.Tests.Fuzz;

/// <summary>Damaged and hostile files: a reader either reads them or refuses them by <see cref="BadInputException"/>, soon and within little memory.</summary>
/// <remarks>The long run: <c>dotnet run --project tests/Descent.Tests -- --explicit only --filter-trait kind=fuzz</c>.</remarks>
public sealed class FuzzTests : IDisposable
{
    const int Few = 400, Many = 100_000;

    // The inputs have a few kilobytes. A reader may allocate a table of 16 MB (a pickle's memory, doubled while it grows), and tensors that repeat numbers up to 16 MB.
    const long MostBytes = 1 << 26;
    // Of the processor, not of the clock: a machine may stop a process for long.
    static readonly TimeSpan longest = TimeSpan.FromSeconds(10);

    readonly TemporaryFolder folder = new();

    public static TheoryData<string> Readers => [.. FuzzedReader.All.Select(reader => reader.Name)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Readers))]
    public void AFewDamagedFilesAreReadOrRefused(string reader) => Run(reader, Few);

    [Theory(Explicit = true)]
    [Trait("kind", "fuzz")]
    [MemberData(nameof(Readers))]
    public void ManyDamagedFilesAreReadOrRefused(string reader) => Run(reader, Many);

    void Run(string name, int count)
    {
        var reader = FuzzedReader.All.Single(reader => reader.Name == name);
        var (inputs, path) = (reader.Inputs, folder["damaged"]);
        int read = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] file = reader.Pack(Mutation.Of(inputs[i % inputs.Count], inputs[(i / inputs.Count) % inputs.Count], (ulong)i));
            File.WriteAllBytes(path, file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            var start = Environment.CpuUsage.TotalTime;
            try
            {
                reader.Read(path);
                read++;
            }
            catch (BadInputException exception)
            {
                Assert.DoesNotContain('\n', exception.Message);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Damage {i} of {name} ends in {exception}\n{Convert.ToBase64String(file)}");
            }

            Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MostBytes, $"Damage {i} of {name} takes much memory.");
            Assert.True(Environment.CpuUsage.TotalTime - start < longest, $"Damage {i} of {name} takes long.");
        }

        // Else nothing would get behind the first check.
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {read} of {count} were read.");
        Assert.InRange(read, 1, count - 1);
    }
}
