using System.Text.Json;
using Descent.App;
using Descent.App.Output;

namespace Descent.Tests.App;

/// <summary>Runs the program in this process, in a folder of its own, and keeps what it prints.</summary>
sealed class DescentCommand(string workingFolder)
{
    /// <summary>Variables of the environment, beside which there are none.</summary>
    public Dictionary<string, string> Variables { get; } = new() { ["DESCENT_DATA"] = Path.Combine(workingFolder, "data") };

    public string Input { get; init; } = "";

    public bool CanPaint { get; init; }

    public bool CanAsk { get; init; }

    public int Width { get; init; } = 100;

    public CancellationToken Cancellation { get; init; } = TestContext.Current.CancellationToken;

    public Outcome Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(Input);
        var terminal = new Terminal
        {
            Out = output,
            Error = error,
            In = input,
            CanPaint = CanPaint,
            CanAsk = CanAsk,
            Size = () => (Width, 50),
            WorkingFolder = Path.GetFullPath(workingFolder),
            Variable = Variables.GetValueOrDefault,
        };
        int code = CommandLine.Run(arguments, terminal, Cancellation);
        return new(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }

    /// <param name="Code">The exit code.</param>
    public sealed record Outcome(int Code, string Output, string Error)
    {
        public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>The output, which must be one JSON value and nothing else.</summary>
        public JsonElement Json() => JsonDocument.Parse(Output).RootElement;

        /// <summary>The output, which must be one JSON value a line and nothing else.</summary>
        public IReadOnlyList<JsonElement> JsonLines() => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

        /// <summary>Success, and nothing on the error output.</summary>
        public Outcome MustSucceed()
        {
            Assert.Equal("", Error);
            Assert.Equal(0, Code);
            return this;
        }

        /// <summary>Exit code 2, nothing on the standard output, and exactly this sentence on the other.</summary>
        public void MustRefuse(string sentence)
        {
            Assert.Equal(sentence + "\n", Error);
            Assert.Equal("", Output);
            Assert.Equal(2, Code);
        }
    }
}
