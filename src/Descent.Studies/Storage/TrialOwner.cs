using System.Diagnostics;
using System.Globalization;

namespace Descent.Studies.Storage;

/// <summary>A process that runs trials.</summary>
/// <param name="Machine">The machine's name.</param>
/// <param name="ProcessId">The number of the process there.</param>
/// <param name="Started">When the process began, in seconds since 1970: numbers of processes are used again.</param>
public sealed record TrialOwner(string Machine, int ProcessId, long Started)
{
    // Two processes may compute the start of a third with a small difference.
    const long StartTolerance = 3;

    /// <summary>The present process.</summary>
    public static TrialOwner Current { get; } = Of(Process.GetCurrentProcess());

    /// <summary>True when it is known that the process has ended; false also where nothing is known, as on another machine.</summary>
    public bool IsGone()
    {
        if (Machine != Environment.MachineName)
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return Math.Abs(Of(process).Started - Started) > StartTolerance;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return true;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or NotSupportedException)
        {
            return false;
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Machine}/{ProcessId}/{Started}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static TrialOwner? Parse(string? text) =>
        text?.Split('/') is [var machine, var id, var started]
        && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? new(machine, processId, seconds) : null;

    static TrialOwner Of(Process process) =>
        new(Environment.MachineName, process.Id, new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeSeconds());
}
