using System.Text;

namespace Descent.App.Output;

/// <summary>What a command sees around it: where it reads and writes, what the terminal can do, the working folder, the variables, the
/// time.
/// Results and progress go to <see cref="Out"/>, errors and warnings to <see cref="Error"/>.</summary>
sealed record Terminal
{
    // Nothing wraps in a file or a pipe.
    const int Unlimited = 10_000;

    public required TextWriter Out { get; init; }

    public required TextWriter Error { get; init; }

    public required TextReader In { get; init; }

    /// <summary>The output is a terminal that may be painted: colours, bars that move. False for files and pipes, under NO_COLOR, and for
    /// TERM=dumb.</summary>
    public bool CanPaint { get; init; }

    /// <summary>Somebody sits there who can answer a question.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Columns and rows, which change when somebody pulls at the window.</summary>
    public Func<(int Width, int Height)> Size { get; init; } = () => (Unlimited, Unlimited);

    /// <summary>Columns that a line may have.</summary>
    public int Width => Size().Width;

    public required string WorkingFolder { get; init; }

    public required Func<string, string?> Variable { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static Terminal OfProcess()
    {
        bool isTerminal = !Console.IsOutputRedirected;
        // In files and pipes too, whatever the locale: JSON is UTF-8.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

        return new()
        {
            Out = Console.Out,
            Error = Console.Error,
            In = Console.In,
            CanPaint = MayPaint(isTerminal, Environment.GetEnvironmentVariable),
            CanAsk = isTerminal && !Console.IsInputRedirected,
            Size = isTerminal ? SizeOfWindow : () => (Unlimited, Unlimited),
            WorkingFolder = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    /// <summary>Whether the output may hold more than text: it is a terminal, which is not dumb, and NO_COLOR is not set
    /// (https://no-color.org).</summary>
    internal static bool MayPaint(bool isTerminal, Func<string, string?> variable) =>
        isTerminal && string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") != "dumb";

    /// <summary>A path as the user gave it, from the working folder.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, WorkingFolder);

    static (int Width, int Height) SizeOfWindow() =>
        (Console.WindowWidth is > 0 and var width ? width : Unlimited, Console.WindowHeight is > 0 and var height ? height : Unlimited);
}
