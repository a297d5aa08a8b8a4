namespace Descent.App;

/// <summary>What the process returns to its caller. A diverged trial is a result and returns 0.</summary>
static class ExitCode
{
    public const int Success = 0;

    /// <summary>A trial failed, or the program itself did.</summary>
    public const int Failure = 1;

    public const int BadInput = 2;

    /// <summary>Ended by Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;
}
