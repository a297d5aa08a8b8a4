using System.Globalization;
using Descent.Studies.Definition;
using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

public sealed partial class SqliteStudyStore
{
    const int TrialColumnCount = 28;

    const string TrialColumns = """
        trials.id, settings, state, reason, diverged_at_step, steps, steps_per_epoch, parameters_hash, attempts, fence, owner, lease_until,
        started_at, ended_at, wall_seconds, processor_seconds, trials_beside,
        machine, processor, system, cores, vector_bits, runtime, version, build, skipped_steps,
        trials.gradient_evaluations, trials.hessian_products
        """;

    public StoredTrial? Trial(string id) => Read(connection => FindTrial(connection, id));

    public TrialClaim? Claim(string trialId, TrialOwner owner, TrialEnvironment environment, TimeSpan lease) => Write(connection =>
    {
        if (FindTrial(connection, trialId) is not { } trial || !IsClaimable(connection, trial))
        {
            return null;
        }

        long fence = (long)connection.Scalar("""
            UPDATE trials SET state = 'running', reason = NULL, fence = fence + 1, attempts = attempts + 1,
              owner = @owner, lease_until = @until, started_at = coalesce(started_at, @now), ended_at = NULL, environment = @environment
            WHERE id = @id RETURNING fence
            """,
            ("@id", trialId), ("@owner", owner.ToString()), ("@until", LeaseEnd(lease)), ("@now", Now()),
            ("@environment", SaveEnvironment(connection, environment)))!;
        return new TrialClaim(trialId, fence, trial);
    });

    public IReadOnlyList<TrialClaim> Renew(IReadOnlyList<TrialClaim> claims, TimeSpan lease) => Write(connection => claims.Where(claim =>
        connection.Execute("UPDATE trials SET lease_until = @until WHERE id = @id AND fence = @fence AND state = 'running'",
            ("@id", claim.TrialId), ("@fence", claim.Fence), ("@until", LeaseEnd(lease))) == 0).ToList());

    public void Release(TrialClaim claim) => Write(connection =>
    {
        _ = RequireHeld(connection, claim);
        return connection.Execute("UPDATE trials SET state = 'waiting', owner = NULL, lease_until = NULL WHERE id = @id",
            ("@id", claim.TrialId));
    });

    public void End(TrialClaim claim, TrialEnding ending) => Write(connection =>
    {
        long number = RequireHeld(connection, claim);
        if (ending.State is TrialState.Waiting or TrialState.Running)
        {
            throw new ArgumentException($"A trial does not end as {ending.State}.", nameof(ending));
        }

        TrimPoints(connection, number, ending);
        RecordConfusion(connection, number, ending.Confusion);
        return connection.Execute("""
            UPDATE trials SET state = @state, reason = @reason, diverged_at_step = @diverged, steps = @steps, parameters_hash = @hash,
              skipped_steps = @skipped, gradient_evaluations = @gradients, hessian_products = @products,
              ended_at = @now, owner = NULL, lease_until = NULL WHERE number = @number
            """,
            ("@number", number), ("@state", StateName(ending.State)), ("@reason", ending.Reason), ("@diverged", ending.DivergedAtStep),
            ("@steps", ending.Steps), ("@hash", ending.ParametersHash), ("@skipped", ending.SkippedSteps),
            ("@gradients", ending.GradientEvaluations), ("@products", ending.HessianProducts), ("@now", Now()));
    });

    /// <summary>The trial's short key.</summary>
    static long RequireHeld(SqliteConnection connection, TrialClaim claim) => (long)(connection.Scalar(
        "SELECT number FROM trials WHERE id = @id AND fence = @fence AND state = 'running'",
        ("@id", claim.TrialId), ("@fence", claim.Fence))
        ?? throw new ClaimLostException($"Trial {TrialSettings.Short(claim.TrialId)} is being run by somebody else now."));

    bool IsClaimable(SqliteConnection connection, StoredTrial trial) => trial.State switch
    {
        TrialState.Waiting or TrialState.Failed or TrialState.Pruned => true,
        TrialState.Running => trial.Owner is not { } owner || owner.IsGone()
            || (long)(connection.Scalar("SELECT lease_until FROM trials WHERE id = @id", ("@id", trial.Id)) ?? 0L) <= NowInMilliseconds(),
        _ => false,
    };

    long LeaseEnd(TimeSpan lease) => NowInMilliseconds() + (long)lease.TotalMilliseconds;

    static long SaveEnvironment(SqliteConnection connection, TrialEnvironment environment) => (long)connection.Scalar("""
        INSERT INTO environments (machine, processor, system, cores, vector_bits, runtime, version, build)
        VALUES (@machine, @processor, @system, @cores, @bits, @runtime, @version, @build)
        ON CONFLICT (machine, processor, system, cores, vector_bits, runtime, version, build) DO UPDATE SET machine = @machine
        RETURNING id
        """,
        ("@machine", environment.Machine), ("@processor", environment.Processor), ("@system", environment.System),
        ("@cores", environment.Cores), ("@bits", environment.VectorBits), ("@runtime", environment.Runtime),
        ("@version", environment.Version), ("@build", environment.Build))!;

    static StoredTrial? FindTrial(SqliteConnection connection, string id) => connection.Query(
        $"SELECT {TrialColumns} FROM trials LEFT JOIN environments ON environment = environments.id WHERE trials.id = @id",
        ReadTrial, ("@id", id)).FirstOrDefault();

    static StoredTrial ReadTrial(SqliteDataReader row) => new()
    {
        Id = row.GetString(0),
        Settings = TrialSettingsJson.Read(row.GetString(1)),
        State = Enum.Parse<TrialState>(row.GetString(2), ignoreCase: true),
        Reason = row.TextOrNull(3),
        DivergedAtStep = row.WholeOrNull(4),
        Steps = row.GetInt64(5),
        StepsPerEpoch = row.WholeOrNull(6),
        ParametersHash = row.TextOrNull(7),
        Attempts = row.GetInt32(8),
        Owner = TrialOwner.Parse(row.TextOrNull(10)),
        StartedAt = row.TextOrNull(12) is { } started ? Date(started) : null,
        EndedAt = row.TextOrNull(13) is { } ended ? Date(ended) : null,
        WallSeconds = row.GetDouble(14),
        ProcessorSeconds = row.GetDouble(15),
        TrialsBeside = row.GetDouble(16),
        SkippedSteps = row.GetInt64(25),
        GradientEvaluations = row.WholeOrNull(26),
        HessianProducts = row.WholeOrNull(27),
        Environment = row.IsDBNull(17) ? null : new(row.GetString(17), row.GetString(18), row.GetString(19), row.GetInt32(20),
            row.GetInt32(21), row.GetString(22), row.GetString(23), row.GetString(24)),
    };

    static string StateName(TrialState state) => state.ToString().ToLower(CultureInfo.InvariantCulture);
}
