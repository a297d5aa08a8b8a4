using System.Collections.Concurrent;
using Descent.App.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>The last lines of the terminal, drawn anew ten times a second while something runs, and gone afterwards.</summary>
static class LiveRegion
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <param name="draw">Called from a thread of a timer, never twice at the same time.</param>
    /// <param name="body">What runs meanwhile, on the caller's thread.</param>
    public static T Run<T>(Terminal terminal, Func<IRenderable> draw, Func<T> body) => Run(terminal, draw, _ => body());

    /// <param name="draw">As above.</param>
    /// <param name="body">As above; it is given what writes lines that stay, above the region. Any thread may call it.</param>
    public static T Run<T>(Terminal terminal, Func<IRenderable> draw, Func<Action<string>, T> body)
    {
        var lines = new ConcurrentQueue<string>();
        var console = Painter.Create(terminal);
        var live = console.Live(draw()).AutoClear(true).Overflow(VerticalOverflow.Crop)
            .Cropping(VerticalOverflowCropping.Top);
        return live.Start(context =>
        {
            using var beat = new Beat(console, context, lines, draw, terminal);
            return body(lines.Enqueue);
        });
    }

    /// <summary>Draws until it is disposed of.</summary>
    sealed class Beat : IDisposable
    {
        readonly Lock gate = new();
        readonly IAnsiConsole console;
        readonly LiveDisplayContext context;
        readonly ConcurrentQueue<string> lines;
        readonly Func<IRenderable> draw;
        readonly Terminal terminal;
        readonly ITimer timer;
        bool isOver;

        public Beat(IAnsiConsole console, LiveDisplayContext context, ConcurrentQueue<string> lines, Func<IRenderable> draw, Terminal terminal)
        {
            (this.console, this.context, this.lines, this.draw, this.terminal) = (console, context, lines, draw, terminal);
            timer = terminal.Time.CreateTimer(_ => Draw(), null, TimeSpan.Zero, Interval);
        }

        public void Dispose()
        {
            timer.Dispose();
            lock (gate)
            {
                isOver = true;
                WriteLines();
            }
        }

        void Draw()
        {
            // A terminal slower than the timer skips drawings.
            if (!gate.TryEnter())
            {
                return;
            }

            try
            {
                if (!isOver)
                {
                    WriteLines();
                    context.UpdateTarget(draw());
                }
            }
            catch (Exception exception)
            {
                // On a timer's thread it would end the process, and with it hours of training.
                isOver = true;
                terminal.Error.WriteLine($"The display has stopped, what runs goes on: {exception.Message}");
            }
            finally
            {
                gate.Exit();
            }
        }

        /// <summary>Only where the region is drawn: Spectre takes its two locks in the other order when it writes than when it draws.</summary>
        void WriteLines()
        {
            while (lines.TryDequeue(out string? line))
            {
                console.Write(new StayingLine(line));
            }
        }
    }
}
