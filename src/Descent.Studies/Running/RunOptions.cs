namespace Descent.Studies.Running;

/// <summary>How a study is run; nothing of it changes a number.</summary>
public sealed record RunOptions
{
    /// <summary>Trials side by side, each on a thread of its own; at least 1.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads inside one training while all workers are busy; null: the cores are shared, and whoever has none to do lends its
    /// core.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether a half-done trial that other code began is finished by this code.</summary>
    public bool AllowsOtherCode { get; init; }

    /// <summary>Whether trials that failed in an earlier run are tried again.</summary>
    public bool RetriesFailed { get; init; }

    /// <summary>Trials begin only while all together, by estimate, need no more bytes than these: three quarters of what the machine, or the
    /// container, has.</summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>How long a trial stays with a process that gives no sign.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time of work between two checkpoints. All checkpoints together take at most a twentieth of the time: where
    /// writing one takes long, the times between them are longer.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time between checkpoints at the ends of epochs.</summary>
    public TimeSpan EpochCheckpointInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest time that a point waits for being stored.</summary>
    public TimeSpan RecordInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often to look whether trials that another process runs have ended.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Threads of the pool that all trainings share.</summary>
    internal int PoolThreads => Threads is { } threads ? Workers * threads : Math.Max(Workers, Environment.ProcessorCount);
}
