using Descent.Studies;
using Descent.Studies.Storage;
using Descent.Tests.Studies.Definition;
using Microsoft.Data.Sqlite;

namespace Descent.Tests.Studies.Storage;

public sealed class SqliteFaultTests : IDisposable
{
    static readonly TrialEnvironment here = new("host", "cpu", "os", 4, 256, ".NET 10", "1.0", "abc");

    readonly TemporaryFolder folder = new();

    string StorePath => folder["studies.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AStoreThatIsNotThereIsNotMadeByReading()
    {
        Assert.Equal($"There is no store {StorePath}; \"descent run\" makes one, and --store names another.",
            Refusal(() => SqliteStudyStore.Open(StorePath, TimeProvider.System)));
        Assert.False(File.Exists(StorePath));
    }

    [Fact]
    public void TheFolderIsMadeOnlyWhenItIsTheUsualOne()
    {
        using (SqliteStudyStore.OpenOrCreate(Path.Combine(folder.Path, ".descent", "studies.db"), TimeProvider.System))
        {
            Assert.True(File.Exists(Path.Combine(folder.Path, ".descent", "studies.db")));
        }

        string path = Path.Combine(folder.Path, "typo", "studies.db");
        Assert.Equal($"The store {path} cannot be made: the folder {Path.GetDirectoryName(path)} does not exist.",
            Refusal(() => SqliteStudyStore.OpenOrCreate(path, TimeProvider.System)));
    }

    [Fact]
    public void AFolderInItsPlaceIsRefused()
    {
        Assert.Equal($"The store {folder.Path} cannot be opened or made; is its folder there and writable?",
            Refusal(() => SqliteStudyStore.OpenOrCreate(folder.Path, TimeProvider.System)));
    }

    [Fact]
    public void AFileThatIsNoDatabaseIsRefusedAndKept()
    {
        File.WriteAllText(StorePath, new string('x', 5000));

        Assert.Equal($"{StorePath} is not a store of Descent: it is not a database.",
            Refusal(() => SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System)));
        Assert.Equal(new string('x', 5000), File.ReadAllText(StorePath));
    }

    [Fact]
    public void AnotherProgramsDatabaseIsRefusedAndKept()
    {
        _ = Execute("CREATE TABLE bookmarks (url TEXT)");

        Assert.Equal($"{StorePath} is not a store of Descent: it is a database of another program.",
            Refusal(() => SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System)));
        Assert.Equal(1, Execute("INSERT INTO bookmarks VALUES ('x')"));
    }

    [Fact]
    public void AStoreOfANewerVersionIsRefused()
    {
        SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System).Dispose();
        _ = Execute($"PRAGMA user_version = {StoreMigrations.NewestVersion + 1}");

        Assert.Equal($"The store {StorePath} has version {StoreMigrations.NewestVersion + 1}, written by a newer Descent; "
            + $"this one knows versions up to {StoreMigrations.NewestVersion}: use the newer one, or name another store with --store.",
            Refusal(() => SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System)));
    }

    [Fact]
    public void ADamagedStoreIsRefused()
    {
        using (var store = SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System))
        {
            var study = StudyText.Parse(StudyText.Smallest);
            store.Save(study, study.Expand());
        }

        // Everything behind the header and the schema's page.
        byte[] bytes = File.ReadAllBytes(StorePath);
        bytes.AsSpan(4096).Fill(0xAB);
        File.WriteAllBytes(StorePath, bytes);

        Assert.StartsWith($"The store {StorePath} is damaged (", Refusal(() =>
        {
            using var store = SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System);
            return store.Studies();
        }), StringComparison.Ordinal);
    }

    [Fact]
    public void AReadOnlyStoreIsRefused()
    {
        SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System).Dispose();
        File.SetAttributes(StorePath, FileAttributes.ReadOnly);
        try
        {
            Assert.SkipWhen(CanWrite(), "This user may write read-only files.");
            Assert.Equal($"The store {StorePath} is read-only; make it writable, or name another store with --store.",
                Refusal(() => SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System)));
        }
        finally
        {
            File.SetAttributes(StorePath, FileAttributes.Normal);
        }
    }

    [Fact]
    public void SqlitesReadOnlyErrorIsSaidAsSuch() =>
        Assert.Equal("The store /x is read-only; make it writable, or name another store with --store.",
        StoreFault.Of(new SqliteException("attempt to write a readonly database", 8), "/x", TimeSpan.FromSeconds(1)).Message);

    /// <summary>A reader in the middle of a long reading holds up no trial, and sees one moment of the store.</summary>
    [Fact]
    public void AReaderBlocksNoWriterAndSeesOneMoment()
    {
        using var store = SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System, patience: TimeSpan.FromSeconds(1));
        var study = StudyText.Parse(StudyText.Smallest, "seeds=0,1");
        var trials = study.Expand();
        store.Save(study, trials);
        var claim = store.Claim(trials[0].Id, TrialOwner.Current, new("host", "cpu", "os", 4, 256, ".NET", "1", "b"), TimeSpan.FromMinutes(1))!;
        using var reader = Connect();
        using var reading = reader.BeginTransaction(deferred: true);
        Assert.Equal(0L, reader.Scalar("SELECT count(*) FROM series"));
        for (int step = 1; step <= 20; step++)
        {
            store.Record(claim, new(step, new double[] { step }, new double[] { step }, [], 1), new(0, 0, 0));
        }

        store.End(claim, new TrialEnding(TrialState.Complete, 20, 20));
        Assert.Equal(0L, reader.Scalar("SELECT count(*) FROM series"));
        Assert.Equal(20, store.Steps(trials[0].Id).Count);
    }

    [Fact]
    public void ALockThatDoesNotEndIsRefusedAfterAWait()
    {
        using var store = SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System, patience: TimeSpan.FromSeconds(1));
        var study = StudyText.Parse(StudyText.Smallest);
        using (var other = Connect())
        using (other.BeginTransaction())
        {
            Assert.Equal($"The store {StorePath} was locked by another program for more than 1 s; end that program, "
                + "or name another store with --store.",
                Refusal(() =>
                {
                    store.Save(study, study.Expand());
                    return 0;
                }));
        }

        store.Save(study, study.Expand());
        _ = Assert.Single(store.Trials("study"));
    }

    [Fact]
    public void AFullDiskKeepsWhatWasStored()
    {
        using var store = SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System);
        var study = StudyText.Parse(StudyText.Smallest);
        store.Save(study, study.Expand());
        var claim = store.Claim(study.Expand()[0].Id, TrialOwner.Current, here, TimeSpan.FromSeconds(20))!;
        _ = store.Writer.Execute("PRAGMA max_page_count = 40");
        long recorded = 0;

        string refusal = Refusal(() =>
        {
            while (true)
            {
                store.Record(claim, new TrialPoints(recorded + 1, new double[700], new double[700], [], 1), default);
                recorded += 700;
            }
        });

        Assert.Equal($"The store {StorePath} cannot grow, the disk is full; what was recorded until now is kept: "
            + "free some space and run the same command again.", refusal);
        Assert.True(recorded > 0);
        Assert.Equal((recorded, recorded), (store.Steps(claim.TrialId).Count, store.Trial(claim.TrialId)!.Steps));
        using var again = SqliteStudyStore.Open(StorePath, TimeProvider.System);
        Assert.Equal(recorded, again.Steps(claim.TrialId).Count);
        again.Record(claim, new TrialPoints(recorded + 1, new double[700], new double[700], [], 1), default);
        Assert.Equal("ok", again.Writer.Scalar("PRAGMA integrity_check"));
    }

    [Fact]
    public void ManyMayMakeOneStoreAtTheSameTime()
    {
        using var start = new Barrier(4);
        var stores = new IStudyStore?[4];
        var threads = Enumerable.Range(0, 4).Select(i => new Thread(() =>
        {
            start.SignalAndWait();
            stores[i] = SqliteStudyStore.OpenOrCreate(StorePath, TimeProvider.System);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        Assert.All(stores, store => Assert.Empty(store!.Studies()));
        Array.ForEach(stores, store => store!.Dispose());
    }

    SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={StorePath};Pooling=False");
        connection.Open();
        return connection;
    }

    int Execute(string sql)
    {
        using var connection = Connect();
        return connection.Execute(sql);
    }

    bool CanWrite()
    {
        try
        {
            File.OpenWrite(StorePath).Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    static string Refusal(Func<object> action) => Assert.Throws<BadInputException>(action).Message;
}
