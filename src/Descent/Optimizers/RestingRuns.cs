namespace Descent.Optimizers;

/// <summary>Runs of coordinates whose gradients and states are zero, and were since the states began: a rule that leaves such coordinates as they are need not go over them.</summary>
/// <remarks>Filters that are larger than their image are mostly such coordinates: of ResNet-18 on images of 32×32, 7 of 11 million. That the states are zero is looked at once and
/// then remembered, since reading them takes as long as what is saved.</remarks>
/// <param name="chunks">The chunks of an update.</param>
sealed unsafe class RestingRuns<T>(IReadOnlyList<CoordinateChunk<T>> chunks) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Coordinates of a run: a multiple of all widths of vectors, and small beside a filter's taps.</summary>
    const int Length = 256;

    readonly State[][] states = [.. chunks.Select(chunk => new State[(chunk.Count + Length - 1) / Length])];

    enum State : byte
    {
        Unknown,
        Resting,
        Moving,
    }

    /// <summary>Forgets what is known of the states, for when somebody else has written there.</summary>
    public void Forget() => Array.ForEach(states, static runs => runs.AsSpan().Clear());

    /// <summary>The next stretch of coordinates that do not rest.</summary>
    /// <param name="number">The chunk's.</param>
    /// <param name="chunk">Two states of it, as far as it is gone over.</param>
    /// <param name="at">Where to begin to look; then where the stretch begins.</param>
    /// <param name="count">Its length.</param>
    /// <returns>False where there is none.</returns>
    public bool Next(int number, in CoordinateChunk<T> chunk, ref int at, out int count)
    {
        var known = states[number];
        while (at < chunk.Count && IsResting(ref known[at / Length], chunk, at))
        {
            at += Length;
        }

        count = 0;
        while (at + count < chunk.Count && (count == 0 || !IsResting(ref known[(at + count) / Length], chunk, at + count)))
        {
            count += Length;
        }

        count = Math.Min(count, chunk.Count - at);
        return count > 0;
    }

    static bool IsResting(ref State known, in CoordinateChunk<T> chunk, int at)
    {
        int count = Math.Min(Length, chunk.Count - at);
        if (known != State.Moving)
        {
            known = IsZero(chunk.G + at, count) && (known == State.Resting || (IsZero(chunk.S0 + at, count) && IsZero(chunk.S1 + at, count)))
                ? State.Resting : State.Moving;
        }

        return known == State.Resting;
    }

    /// <summary>Zero with a positive sign: the other may change the sign of a state.</summary>
    static bool IsZero(T* values, int count) => !new ReadOnlySpan<byte>(values, count * sizeof(T)).ContainsAnyExcept((byte)0);
}
