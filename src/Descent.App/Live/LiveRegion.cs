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
    public static T Run<T>(Terminal terminal, Func<IRenderable> draw, Func<T> body)
    {
        var live = Painter.Create(terminal).Live(draw()).AutoClear(true).Overflow(VerticalOverflow.Crop)
            .Cropping(VerticalOverflowCropping.Top);
        return live.Start(context =>
        {
            using var beat = new Beat(context, draw, terminal);
            return body();
        });
    }

    /// <summary>Draws until it is disposed of.</summary>
    sealed class Beat : IDisposable
    {
        readonly Lock gate = new();
        readonly LiveDisplayContext context;
        readonly Func<IRenderable> draw;
        readonly Terminal terminal;
        readonly ITimer timer;
        bool isOver;

        public Beat(LiveDisplayContext context, Func<IRenderable> draw, Terminal terminal)
        {
            (this.context, this.draw, this.terminal) = (context, draw, terminal);
            timer = terminal.Time.CreateTimer(_ => Draw(), null, TimeSpan.Zero, Interval);
        }

        public void Dispose()
        {
            timer.Dispose();
            lock (gate)
            {
                isOver = true;
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
    }
}
