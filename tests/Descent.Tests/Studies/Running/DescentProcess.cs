using System.Diagnostics;
using System.Text;

namespace Descent.Tests.Studies.Running;

/// <summary>The program as a process of its own, which a test may kill.</summary>
sealed class DescentProcess : IDisposable
{
    static readonly string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "descent.exe" : "descent");

    readonly Process process;
    readonly StringBuilder said = new();

    public DescentProcess(string folder, params string[] arguments)
    {
        process = new Process
        {
            StartInfo = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        Assert.True(process.Start());
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Looks every few milliseconds until the condition holds.</summary>
    /// <returns>False where the process ended before.</returns>
    public bool Reaches(Func<bool> condition)
    {
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(5)))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (condition())
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>False where the process ended before.</returns>
    public bool RunsFor(TimeSpan span) => !process.WaitForExit(span);

    /// <summary>Ends the process as nothing that it does itself could: none of its code runs any more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void MustEndWell()
    {
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"descent ended with {process.ExitCode}: {said}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    void Hear(string? line)
    {
        lock (said)
        {
            _ = said.AppendLine(line);
        }
    }
}
