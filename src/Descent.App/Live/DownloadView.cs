using Descent.App.Downloads;
using Descent.App.Output;
using Descent.Data;
using Spectre.Console.Rendering;

namespace Descent.App.Live;

/// <summary>How far a download is: told by the thread that receives, drawn by another.</summary>
sealed class DownloadView(IPublication publication, TimeProvider time) : IProgress<DownloadProgress>
{
    const int WidestBar = 30, BesideBar = 62;

    readonly Lock gate = new();
    Pace pace = new(time);
    DownloadProgress? last;

    public void Report(DownloadProgress value)
    {
        lock (gate)
        {
            pace = last?.Request == value.Request ? pace : new Pace(time);
            last = value;
        }
    }

    public IRenderable Draw(int width)
    {
        lock (gate)
        {
            if (last is not { } now)
            {
                return new ScreenLine($"{publication.Title}: looking at what is here …");
            }

            pace.Mark(now.Received);
            long total = now.Request.Bytes;
            string left = pace.Seconds(total - now.Received) is { } seconds ? $"{Format.Duration(seconds)} left" : "";
            string bar = Bar.Draw((double)now.Received / total, Math.Clamp(width - BesideBar, 8, WidestBar));
            return new ScreenLine(
                $"{Path.GetFileName(now.Request.Destination)} {bar} {Format.Bytes(now.Received)} of {Format.Bytes(total)}  {left}");
        }
    }
}
