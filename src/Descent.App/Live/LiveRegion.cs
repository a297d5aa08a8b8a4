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
        var live = Painter.Create(terminal).Live(draw()).AutoClear(true).Overflow(VerticalOverflow.Crop).Cropping(VerticalOverflowCropping.Top);
        return live.Start(context =>
        {
            var gate = new Lock();
            using var timer = terminal.Time.CreateTimer(_ => Refresh(context, draw, gate), null, TimeSpan.Zero, Interval);
            try
            {
                return body();
            }
            finally
            {
                // After this no drawing begins any more, and the last one has ended.
                timer.Dispose();
                lock (gate)
                {
                }
            }
        });
    }

    static void Refresh(LiveDisplayContext context, Func<IRenderable> draw, Lock gate)
    {
        // A terminal slower than the timer skips drawings.
        if (!gate.TryEnter())
        {
            return;
        }

        try
        {
            context.UpdateTarget(draw());
        }
        finally
        {
            gate.Exit();
        }
    }
}
