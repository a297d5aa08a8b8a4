using System.Text.Json;
using Descent.Studies.Definition;
using Descent.Studies.Statistics;
using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

public sealed partial class SqliteStudyStore
{
    const string StudyColumns = "name, question, workload, target, definition, created_at, changed_at";

    public void Save(StudyDefinition study, IReadOnlyList<PlannedTrial> trials) => Write(connection =>
    {
        long key = SaveStudy(connection, study);
        _ = connection.Execute("UPDATE study_trials SET position = NULL WHERE study = @study", ("@study", key));
        for (int position = 0; position < trials.Count; position++)
        {
            SaveTrial(connection, key, position, trials[position]);
        }

        return trials.Count;
    });

    public IReadOnlyList<StoredStudy> Studies() =>
        Read(connection => connection.Query($"SELECT {StudyColumns} FROM studies ORDER BY name", ReadStudy));

    public StoredStudy? Study(string name) => Read(connection =>
        connection.Query($"SELECT {StudyColumns} FROM studies WHERE name = @name", ReadStudy, ("@name", name)).FirstOrDefault());

    public IReadOnlyList<StudyTrial> Trials(string study) => Read(connection => connection.Query($"""
        SELECT {TrialColumns}, label, told
        FROM study_trials JOIN trials ON trial = number LEFT JOIN environments ON environment = environments.id
        WHERE study = (SELECT id FROM studies WHERE name = @study) AND position IS NOT NULL ORDER BY position
        """,
        row => new StudyTrial(row.GetString(TrialColumnCount), ReadSettings(row.GetString(TrialColumnCount + 1)), ReadTrial(row)),
        ("@study", study)));

    public IReadOnlyList<string> Delete(string study) => Write(connection =>
    {
        var key = connection.Scalar("SELECT id FROM studies WHERE name = @study", ("@study", study))
            ?? throw new BadInputException($"There is no study \"{study}\" in {path}.{NearestName.Hint(study, Names(connection))}");
        const string OnlyHere = """
            number IN (SELECT trial FROM study_trials WHERE study = @study)
            AND number NOT IN (SELECT trial FROM study_trials WHERE study <> @study)
            """;
        var owners = connection.Query($"SELECT owner FROM trials WHERE state = 'running' AND lease_until > @now AND {OnlyHere}",
            row => TrialOwner.Parse(row.TextOrNull(0)), ("@study", key), ("@now", NowInMilliseconds()));
        if (owners.Any(owner => owner is null || !owner.IsGone()))
        {
            throw new BadInputException($"The study \"{study}\" is being run; stop it first.");
        }

        var removed = connection.Query($"DELETE FROM trials WHERE {OnlyHere} RETURNING id", row => row.GetString(0), ("@study", key));
        _ = connection.Execute("DELETE FROM studies WHERE id = @study", ("@study", key));
        return removed;
    });

    static List<string> Names(SqliteConnection connection) =>
        connection.Query("SELECT name FROM studies ORDER BY name", row => row.GetString(0));

    long SaveStudy(SqliteConnection connection, StudyDefinition study) => (long)connection.Scalar("""
        INSERT INTO studies (name, question, workload, target, definition, created_at, changed_at)
        VALUES (@name, @question, @workload, @target, @definition, @now, @now)
        ON CONFLICT (name) DO UPDATE SET question = @question, workload = @workload, target = @target, definition = @definition,
          changed_at = CASE WHEN definition = @definition THEN changed_at ELSE @now END
        RETURNING id
        """,
        ("@name", study.Name), ("@question", study.Question), ("@workload", study.Workload.Name), ("@target", study.Target),
        ("@definition", study.ToYaml()), ("@now", Now()))!;

    static void SaveTrial(SqliteConnection connection, long study, int position, PlannedTrial trial)
    {
        _ = connection.Execute("INSERT INTO trials (id, settings) VALUES (@id, @settings) ON CONFLICT (id) DO NOTHING",
            ("@id", trial.Id), ("@settings", trial.Settings.Json));
        _ = connection.Execute("""
            INSERT INTO study_trials (study, trial, position, label, told)
            VALUES (@study, (SELECT number FROM trials WHERE id = @id), @position, @label, @told)
            ON CONFLICT (study, trial) DO UPDATE SET position = @position, label = @label, told = @told
            """,
            ("@study", study), ("@id", trial.Id), ("@position", position), ("@label", trial.Label), ("@told", WriteSettings(trial.Told)));
    }

    static StoredStudy ReadStudy(SqliteDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.NumberOrNull(3),
        row.GetString(4), Date(row.GetString(5)), Date(row.GetString(6)));

    /// <summary>A JSON array of alternating names and values, which keeps their order.</summary>
    static string WriteSettings(IReadOnlyList<Setting> settings) =>
        JsonSerializer.Serialize(settings.SelectMany(setting => new[] { setting.Name, setting.Value }));

    static Setting[] ReadSettings(string json) =>
        [.. JsonSerializer.Deserialize<string[]>(json)!.Chunk(2).Select(pair => new Setting(pair[0], pair[1]))];
}
