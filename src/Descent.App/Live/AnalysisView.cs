using Descent.Analysis;
using Descent.App.Commands;
using Descent.App.Output;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>A line that says how far an analysis is, where progress may be painted.</summary>
static class AnalysisView
{
    const int WidestBar = 40, BesideBar = 50;

    /// <summary>Runs an analysis beside its line.</summary>
    public static T Run<T>(Invocation invocation, AnalysisProgress progress, Func<T> body)
    {
        if (!invocation.IsLive)
        {
            return body();
        }

        var time = invocation.Terminal.Time;
        long start = time.GetTimestamp();
        return LiveRegion.Run(invocation.Terminal, () => Draw(progress.Now, time.GetElapsedTime(start), invocation.Terminal.Width), body);
    }

    /// <summary>With a bar and the time left where it is known how much there is to do.</summary>
    public static IRenderable Draw((string Part, long Done, long Total) now, TimeSpan elapsed, int width)
    {
        string count = now.Part.Length == 0 ? "preparing" : now.Total > 0 ? $"{Format.Count(now.Done)} of {Format.Count(now.Total)} {now.Part}" : $"{Format.Count(now.Done)} {now.Part}";
        string bar = now.Total > 0 ? $"{Bar.Draw((double)now.Done / now.Total, Math.Clamp(width - BesideBar, 8, WidestBar))} {100 * now.Done / now.Total,3} %  " : "";
        return new ScreenLine($" {bar}{count}  {Format.Duration(elapsed.TotalSeconds)}");
    }
}
