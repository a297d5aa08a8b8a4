using Descent.Studies;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Definition;
using Microsoft.Data.Sqlite;

namespace Descent.Tests.Studies.Storage;

/// <summary>Stores of every earlier version, made by its own scripts, with a study of two trials in them.</summary>
public sealed class StoreMigrationTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public static TheoryData<int> EarlierVersions => [.. Enumerable.Range(1, (int)StoreMigrations.NewestVersion - 1)];

    string StorePath => folder["studies.db"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(EarlierVersions))]
    public void AStoreOfAnEarlierVersionIsBroughtForwardWithAllThatItHolds(int version)
    {
        var study = StudyText.Parse(StudyText.Smallest, "seeds=0,1");
        var trials = study.Expand();
        Make(version, study.ToYaml(), [.. trials.Select(trial => (trial.Id, trial.Settings.Json))]);

        using (var store = SqliteStudyStore.Open(StorePath, TimeProvider.System))
        {
            Assert.Equal(("study", "Why?", 0.5, study.ToYaml()), (store.Studies()[0].Name, store.Studies()[0].Question, store.Studies()[0].Target, store.Studies()[0].Definition));
            var stored = store.Trials("study");
            Assert.Equal([(trials[0].Id, TrialState.Complete, 3L, "ff"), (trials[1].Id, TrialState.Waiting, 0L, null)],
                stored.Select(x => (x.Trial.Id, x.Trial.State, x.Trial.Steps, x.Trial.ParametersHash)));
            Assert.Equal(("adam", "learning_rate", "0.1"), (stored[0].Label, stored[0].Told[0].Name, stored[0].Told[0].Value));
            Assert.Equal([1.5, 2.5, -3], store.Steps(trials[0].Id).Loss.ToArray());
            Assert.Equal((2, 3, 0.25, 0.75), (store.Epochs(trials[0].Id)[0].Epoch, store.Epochs(trials[0].Id)[0].Step, store.Epochs(trials[0].Id)[0].TrainLoss, store.Epochs(trials[0].Id)[0].TestAccuracy));
            Assert.True(double.IsNaN(store.Epochs(trials[0].Id)[0].ValidationLoss));
            Assert.Equal((0L, null), (stored[0].Trial.SkippedSteps, store.Confusion(trials[0].Id)));

            // And it takes what this version stores.
            var claim = store.Claim(trials[1].Id, TrialOwner.Current, new("host", "cpu", "os", 4, 256, ".NET", "1", "b"), TimeSpan.FromMinutes(1))!;
            store.Record(claim, new(1, new double[] { 7 }, new double[] { 8 }, [], 1), new(1, 1, 0));
            store.End(claim, new TrialEnding(TrialState.Complete, 1, 1) { SkippedSteps = 1, Confusion = [[4]] });
            Assert.Equal(4, store.Confusion(trials[1].Id)![0][0]);
        }

        SqliteStudyStore.OpenOrCreate(folder["fresh.db"], TimeProvider.System).Dispose();
        Assert.Equal(Schema("fresh.db"), Schema("studies.db"));
    }

    [Fact]
    public void AMigrationThatFailsLeavesTheStoreAsItWas()
    {
        Make(1, "name: x", []);
        _ = Execute("CREATE TABLE confusions (other INTEGER)");
        _ = Assert.Throws<BadInputException>(() => SqliteStudyStore.Open(StorePath, TimeProvider.System));
        Assert.Equal(1L, Execute("PRAGMA user_version"));
        Assert.DoesNotContain("skipped_steps", Schema("studies.db"), StringComparison.Ordinal);
    }

    void Make(int version, string definition, (string Id, string Settings)[] trials)
    {
        foreach (string script in StoreMigrations.Scripts.Take(version))
        {
            _ = Execute(script);
        }

        _ = Execute($"PRAGMA application_id = {StoreMigrations.ApplicationId}; PRAGMA user_version = {version}");
        _ = Execute($"INSERT INTO studies VALUES (1, 'study', 'Why?', 'digits-mlp', 0.5, '{definition.Replace("'", "''", StringComparison.Ordinal)}', '2026-01-02T03:04:05.0000000+00:00', '2026-01-02T03:04:05.0000000+00:00')");
        for (int i = 0; i < trials.Length; i++)
        {
            _ = Execute($"INSERT INTO trials (number, id, settings) VALUES ({i + 1}, '{trials[i].Id}', '{trials[i].Settings}'); "
                + $"INSERT INTO study_trials VALUES (1, {i + 1}, {i}, 'adam', '[\"learning_rate\",\"0.1\"]')");
        }

        if (trials.Length > 0)
        {
            // Little-endian doubles: 1.5, 2.5, -3.
            _ = Execute("UPDATE trials SET state = 'complete', steps = 3, parameters_hash = 'ff' WHERE number = 1; INSERT INTO epochs (trial, step, epoch, train_loss, train_accuracy, test_loss, test_accuracy, seconds) VALUES (1, 3, 2, 0.25, 0.5, 0.5, 0.75, 1);"
                + "INSERT INTO series VALUES (1, 1, 'loss', 0, x'000000000000F83F000000000000044000000000000008C0'), (2, 1, 'gradient_norm', 0, x'000000000000F83F000000000000044000000000000008C0')");
        }
    }

    object? Execute(string sql)
    {
        using var connection = Connect("studies.db");
        return connection.Scalar(sql);
    }

    string Schema(string name)
    {
        using var connection = Connect(name);
        return string.Join('\n', connection.Query("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name", row => row.GetString(0)).SelectMany(table =>
            connection.Query($"SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info('{table}')", row => $"{table}: {string.Join(' ', Enumerable.Range(0, 5).Select(i => row.GetValue(i)))}")));
    }

    SqliteConnection Connect(string name)
    {
        var connection = new SqliteConnection($"Data Source={folder[name]};Pooling=False");
        connection.Open();
        return connection;
    }
}
