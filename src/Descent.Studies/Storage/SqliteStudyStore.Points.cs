using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Descent.Studies.Statistics;
using Descent.Training;
using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

public sealed partial class SqliteStudyStore
{
    const int ChunkPoints = 1000;
    const string Loss = "loss", GradientNorm = "gradient_norm", LearningRate = "learning_rate",
        ClippedGradientNorm = "clipped_gradient_norm", MeanGradientNorm = "mean_gradient_norm";

    public void Record(TrialClaim claim, TrialPoints points, TrialClock clock) => Write(connection =>
    {
        long number = RequireHeld(connection, claim);
        RequireJoined(connection, number, points);
        RecordSeries(connection, number, Loss, points.FirstStep, points.Loss.Span);
        RecordSeries(connection, number, GradientNorm, points.FirstStep, points.GradientNorm.Span);
        RecordSeries(connection, number, LearningRate, points.FirstStep, points.LearningRate.Span);
        RecordSeries(connection, number, ClippedGradientNorm, points.FirstStep, points.ClippedGradientNorm.Span);
        RecordSeries(connection, number, MeanGradientNorm, points.FirstStep, points.MeanGradientNorm.Span);
        foreach (var epoch in points.Epochs)
        {
            RecordEpoch(connection, number, epoch);
        }

        foreach (var reading in points.Gauges)
        {
            RecordReading(connection, number, reading);
        }

        return connection.Execute("""
            UPDATE trials SET steps = max(steps, @steps), steps_per_epoch = @per_epoch,
              trials_beside = CASE WHEN wall_seconds + @wall > 0
                THEN (trials_beside * wall_seconds + @beside) / (wall_seconds + @wall) ELSE 0 END,
              wall_seconds = wall_seconds + @wall, processor_seconds = processor_seconds + @processor
            WHERE number = @number
            """,
            ("@number", number), ("@steps", points.FirstStep + points.Loss.Length - 1), ("@per_epoch", points.StepsPerEpoch),
            ("@wall", clock.WallSeconds), ("@processor", clock.ProcessorSeconds), ("@beside", clock.BesideSeconds));
    });

    public StepSeries Steps(string trialId) => Read(connection =>
    {
        double[] loss = ReadSeries(connection, trialId, Loss), norm = ReadSeries(connection, trialId, GradientNorm);
        long[] steps = new long[loss.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = i + 1;
        }

        return loss.Length == 0 ? StepSeries.Empty
            : new StepSeries(steps, loss, norm)
            {
                LearningRate = ReadSeries(connection, trialId, LearningRate),
                ClippedGradientNorm = ReadSeries(connection, trialId, ClippedGradientNorm),
                MeanGradientNorm = ReadSeries(connection, trialId, MeanGradientNorm),
            };
    });

    public IReadOnlyList<EpochRecord> Epochs(string trialId) => Read(connection => connection.Query("""
        SELECT epoch, step, train_loss, train_accuracy, validation_loss, validation_accuracy, test_loss, test_accuracy, seconds,
          gradient_evaluations, hessian_products
        FROM epochs WHERE trial = (SELECT number FROM trials WHERE id = @id) ORDER BY step
        """,
        ReadEpoch, ("@id", trialId)));

    public IReadOnlyDictionary<string, IReadOnlyList<EpochRecord>> StudyEpochs(string study) => Read(connection => connection.Query("""
        SELECT epoch, step, train_loss, train_accuracy, validation_loss, validation_accuracy, test_loss, test_accuracy, seconds,
          epochs.gradient_evaluations, epochs.hessian_products, trials.id
        FROM study_trials JOIN epochs ON epochs.trial = study_trials.trial JOIN trials ON number = study_trials.trial
        WHERE study = (SELECT id FROM studies WHERE name = @study) AND position IS NOT NULL ORDER BY study_trials.trial, step
        """,
        row => (Trial: row.GetString(11), Epoch: ReadEpoch(row)), ("@study", study))
        .GroupBy(row => row.Trial).ToDictionary(rows => rows.Key, IReadOnlyList<EpochRecord> (rows) => [.. rows.Select(row => row.Epoch)]));

    public IReadOnlyList<IReadOnlyList<int>>? Confusion(string trialId) => Read(connection =>
        (string?)connection.Scalar("SELECT counts FROM confusions WHERE trial = (SELECT number FROM trials WHERE id = @id)", ("@id", trialId)))
        is { } counts ? JsonSerializer.Deserialize<int[][]>(counts) : null;

    public void RecordInitialWeights(TrialClaim claim, IReadOnlyList<WeightDeviation> weights) => Write(connection => connection.Execute(
        "INSERT OR REPLACE INTO initial_weights (trial, deviations) VALUES (@trial, @deviations)",
        ("@trial", RequireHeld(connection, claim)), ("@deviations", JsonSerializer.Serialize(weights))));

    public IReadOnlyList<WeightDeviation> InitialWeights(string trialId) => Read(connection => (string?)connection.Scalar(
        "SELECT deviations FROM initial_weights WHERE trial = (SELECT number FROM trials WHERE id = @id)", ("@id", trialId)))
        is { } deviations ? JsonSerializer.Deserialize<WeightDeviation[]>(deviations)! : [];

    static EpochRecord ReadEpoch(SqliteDataReader row) => new(row.GetInt32(0), row.GetInt64(1), row.NumberOrNaN(2), row.NumberOrNaN(3),
        row.NumberOrNaN(4), row.NumberOrNaN(5), row.NumberOrNaN(6), row.NumberOrNaN(7), row.GetDouble(8))
    {
        GradientEvaluations = row.WholeOrNull(9),
        HessianProducts = row.WholeOrNull(10),
    };

    static void RecordConfusion(SqliteConnection connection, long trial, IReadOnlyList<IReadOnlyList<int>>? confusion)
    {
        _ = connection.Execute("DELETE FROM confusions WHERE trial = @trial", ("@trial", trial));
        if (confusion is not null)
        {
            _ = connection.Execute("INSERT INTO confusions (trial, counts) VALUES (@trial, @counts)",
                ("@trial", trial), ("@counts", JsonSerializer.Serialize(confusion)));
        }
    }

    static void RequireJoined(SqliteConnection connection, long trial, TrialPoints points)
    {
        long recorded = (long)connection.Scalar("SELECT steps FROM trials WHERE number = @trial", ("@trial", trial))!;
        bool isEven = points.GradientNorm.Length == points.Loss.Length
            && points.LearningRate.Length is var rates && (rates == 0 || rates == points.Loss.Length)
            && points.ClippedGradientNorm.Length is var clipped && (clipped == 0 || clipped == points.Loss.Length)
            && points.MeanGradientNorm.Length is var mean && (mean == 0 || mean == points.Loss.Length);
        if (points.FirstStep < 1 || points.FirstStep > recorded + 1 || !isEven)
        {
            throw new ArgumentException(
                $"{points.Loss.Length} losses, {points.GradientNorm.Length} norms, {points.LearningRate.Length} learning rates "
                + $"{points.ClippedGradientNorm.Length} clipped and {points.MeanGradientNorm.Length} mean norms from step {points.FirstStep} on do not join on to {recorded} recorded steps.", nameof(points));
        }
    }

    /// <summary>Lays values over what is stored, chunk by chunk, so that points behind them stay.</summary>
    static void RecordSeries(SqliteConnection connection, long trial, string name, long firstStep, ReadOnlySpan<double> values)
    {
        long first = firstStep - 1;
        while (values.Length > 0)
        {
            var (chunk, start) = Math.DivRem(first, ChunkPoints);
            int count = Math.Min(values.Length, ChunkPoints - (int)start);
            WriteChunk(connection, trial, name, chunk, (int)start, values[..count]);
            first += count;
            values = values[count..];
        }
    }

    static void WriteChunk(SqliteConnection connection, long trial, string name, long chunk, int start, ReadOnlySpan<double> values)
    {
        byte[] stored = values.Length == ChunkPoints ? [] : (byte[]?)connection.Scalar(
            "SELECT points FROM series WHERE trial = @trial AND name = @name AND chunk = @chunk",
            ("@trial", trial), ("@name", name), ("@chunk", chunk)) ?? [];
        byte[] points = new byte[Math.Max(stored.Length, (start + values.Length) * sizeof(double))];
        stored.CopyTo(points, 0);
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(points.AsSpan((start + i) * sizeof(double)), values[i]);
        }

        _ = connection.Execute("""
            INSERT INTO series (trial, name, chunk, points) VALUES (@trial, @name, @chunk, @points)
            ON CONFLICT (trial, name, chunk) DO UPDATE SET points = @points
            """, ("@trial", trial), ("@name", name), ("@chunk", chunk), ("@points", points));
    }

    static void RecordEpoch(SqliteConnection connection, long trial, EpochRecord epoch) => _ = connection.Execute("""
        INSERT INTO epochs (trial, step, epoch, train_loss, train_accuracy,
          validation_loss, validation_accuracy, test_loss, test_accuracy, seconds, gradient_evaluations, hessian_products)
        VALUES (@trial, @step, @epoch, @train_loss, @train_accuracy,
          @validation_loss, @validation_accuracy, @test_loss, @test_accuracy, @seconds, @gradients, @products)
        ON CONFLICT (trial, step) DO UPDATE SET epoch = @epoch, train_loss = @train_loss, train_accuracy = @train_accuracy,
          validation_loss = @validation_loss, validation_accuracy = @validation_accuracy,
          test_loss = @test_loss, test_accuracy = @test_accuracy, seconds = @seconds,
          gradient_evaluations = @gradients, hessian_products = @products
        """,
        ("@trial", trial), ("@step", epoch.Step), ("@epoch", epoch.Epoch), ("@train_loss", epoch.TrainLoss),
        ("@train_accuracy", epoch.TrainAccuracy), ("@validation_loss", epoch.ValidationLoss),
        ("@validation_accuracy", epoch.ValidationAccuracy), ("@test_loss", epoch.TestLoss), ("@test_accuracy", epoch.TestAccuracy),
        ("@seconds", epoch.Seconds), ("@gradients", epoch.GradientEvaluations), ("@products", epoch.HessianProducts));

    static void TrimPoints(SqliteConnection connection, long trial, TrialEnding ending)
    {
        var (chunk, rest) = Math.DivRem(ending.Points, ChunkPoints);
        _ = connection.Execute("DELETE FROM series WHERE trial = @trial AND (chunk > @chunk OR (chunk = @chunk AND @rest = 0))",
            ("@trial", trial), ("@chunk", chunk), ("@rest", rest));
        _ = connection.Execute("""
            UPDATE series SET points = substr(points, 1, @length) WHERE trial = @trial AND chunk = @chunk AND length(points) > @length
            """, ("@trial", trial), ("@chunk", chunk), ("@length", rest * sizeof(double)));
        _ = connection.Execute("DELETE FROM epochs WHERE trial = @trial AND step > @steps", ("@trial", trial), ("@steps", ending.Steps));
        _ = connection.Execute("DELETE FROM gauge_readings WHERE trial = @trial AND step > @steps", ("@trial", trial), ("@steps", ending.Steps));
    }

    static double[] ReadSeries(SqliteConnection connection, string trialId, string name)
    {
        var chunks = connection.Query("""
            SELECT points FROM series WHERE trial = (SELECT number FROM trials WHERE id = @id) AND name = @name ORDER BY chunk
            """, row => (byte[])row.GetValue(0), ("@id", trialId), ("@name", name));
        double[] values = new double[chunks.Sum(chunk => chunk.Length) / sizeof(double)];
        int start = 0;
        foreach (byte[] chunk in chunks)
        {
            chunk.CopyTo(MemoryMarshal.AsBytes(values.AsSpan(start)));
            start += chunk.Length / sizeof(double);
        }

        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<double, long>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return values;
    }
}
