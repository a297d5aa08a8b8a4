using Descent.App.Output;

namespace Descent.App.Live;

/// <summary>What ends a run before all its trials have ended: Ctrl-C, or the time that it was given.</summary>
sealed class RunStop : IDisposable
{
    readonly CancellationToken interrupt;
    readonly TimeSpan? limit;
    readonly CancellationTokenSource clock;
    readonly CancellationTokenSource either;

    /// <param name="limit">Of the run, from now on; null for none.</param>
    /// <param name="time">The clock of the limit.</param>
    /// <param name="interrupt">Cancelled by Ctrl-C.</param>
    public RunStop(TimeSpan? limit, TimeProvider time, CancellationToken interrupt)
    {
        (this.interrupt, this.limit) = (interrupt, limit);
        clock = limit is { } span ? new(span, time) : new();
        either = CancellationTokenSource.CreateLinkedTokenSource(interrupt, clock.Token);
    }

    public CancellationToken Token => either.Token;

    /// <summary>What happens until the end; null while nothing has asked for one.</summary>
    public string? Notice => !Token.IsCancellationRequested ? null
        : $"{(interrupt.IsCancellationRequested ? "Stopping" : Over)}: each trial finishes its step and stores a checkpoint. Ctrl-C "
            + $"{(interrupt.IsCancellationRequested ? "again " : "")}ends at once.";

    /// <summary>What is said at the end.</summary>
    public string Ending => $"{(interrupt.IsCancellationRequested ? "Cancelled" : Over)}; everything until now is stored. The same command goes on.";

    string Over => $"The {Format.Duration(limit?.TotalSeconds)} of --max-time are over";

    public void Dispose()
    {
        either.Dispose();
        clock.Dispose();
    }
}
