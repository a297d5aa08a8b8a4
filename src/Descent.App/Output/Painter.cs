using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Output;

/// <summary>Draws with Spectre.Console what goes to a <see cref="Terminal"/>.</summary>
static class Painter
{
    /// <summary>Writes without the blanks that Spectre fills every line up with, and without empty lines.</summary>
    public static void Write(Terminal terminal, IRenderable drawing)
    {
        using var buffer = new StringWriter();
        Create(terminal with { Out = buffer }).Write(drawing);
        foreach (string line in buffer.ToString().ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.TrimEnd() is { Length: > 0 } text)
            {
                terminal.Out.WriteLine(text);
            }
        }
    }

    /// <summary>Writes a text, wrapped between words.</summary>
    public static void WriteText(Terminal terminal, string text) => Write(terminal, new Text(text));

    public static IAnsiConsole Create(Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.CanPaint ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.CanPaint ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = terminal.CanPaint ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new SizedOutput(terminal),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    /// <summary>Takes the size from the terminal: Spectre's own would ask the process's console.</summary>
    sealed class SizedOutput(Terminal terminal) : IAnsiConsoleOutput
    {
        public TextWriter Writer => terminal.Out;

        public bool IsTerminal => terminal.CanPaint;

        public int Width => terminal.Width;

        public int Height => terminal.Size().Height;

        public void SetEncoding(System.Text.Encoding encoding)
        {
        }
    }
}
