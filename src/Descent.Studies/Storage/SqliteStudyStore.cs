using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

/// <summary>A store in one SQLite file, in WAL mode with <c>synchronous=NORMAL</c>: what has been stored survives the end of the process by
/// any means; a power cut may take the last transactions, never the rest.</summary>
/// <remarks>One connection writes, guarded by a lock, every transaction taking the write lock at its beginning. Each read has a connection
/// of its own and sees one moment of the store, so that reading millions of points holds up no trial.</remarks>
public sealed partial class SqliteStudyStore : IStudyStore
{
    readonly Lock gate = new();
    readonly string path;
    readonly TimeProvider time;
    readonly TimeSpan patience;
    readonly SqliteConnection writer;

    SqliteStudyStore(string path, SqliteOpenMode mode, TimeProvider time, TimeSpan? patience)
    {
        (this.path, this.time, this.patience) = (Path.GetFullPath(path), time, patience ?? TimeSpan.FromSeconds(10));
        writer = Guard(() => OpenConnection(mode));
        try
        {
            _ = Guard(() =>
            {
                StoreMigrations.Apply(writer, this.path);
                return writer.Execute("PRAGMA journal_mode = WAL");
            });
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    public string Location => path;

    /// <summary>The writing connection.</summary>
    internal SqliteConnection Writer => writer;

    /// <summary>Opens the store, or makes it where it is missing; its folder is made only when it is named <c>.descent</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Dates and leases.</param>
    /// <param name="patience">How long to wait for another program's lock, in whole seconds; 10 s by default.</param>
    /// <exception cref="BadInputException">It cannot be opened or made, is no store, or is of a newer version.</exception>
    public static SqliteStudyStore OpenOrCreate(string path, TimeProvider time, TimeSpan? patience = null)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw StoreFault.NoFolder(full);
        if (Path.GetFileName(folder) == ".descent" && Directory.Exists(Path.GetDirectoryName(folder)))
        {
            MakeFolder(folder, full);
        }

        return Directory.Exists(folder) ? new(full, SqliteOpenMode.ReadWriteCreate, time, patience) : throw StoreFault.NoFolder(full);
    }

    /// <summary>Opens a store that must be there.</summary>
    /// <exception cref="BadInputException">It is missing, cannot be opened, is no store, or is of a newer version.</exception>
    public static SqliteStudyStore Open(string path, TimeProvider time, TimeSpan? patience = null) =>
        File.Exists(path) ? new(path, SqliteOpenMode.ReadWrite, time, patience) : throw StoreFault.Missing(Path.GetFullPath(path));

    public void Dispose() => writer.Dispose();

    static void MakeFolder(string folder, string path)
    {
        try
        {
            _ = Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The store {path} cannot be made: {exception.Message}", exception);
        }
    }

    SqliteConnection OpenConnection(SqliteOpenMode mode)
    {
        // Without a pool, a closed store lets go of its file at once.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = (int)Math.Ceiling(patience.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            _ = connection.Execute("PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    TResult Read<TResult>(Func<SqliteConnection, TResult> read) => Guard(() =>
    {
        using var connection = OpenConnection(SqliteOpenMode.ReadWrite);
        using var transaction = connection.BeginTransaction(deferred: true);
        return read(connection);
    });

    TResult Write<TResult>(Func<SqliteConnection, TResult> write) => Guard(() =>
    {
        lock (gate)
        {
            using var transaction = writer.BeginTransaction();
            var result = write(writer);
            transaction.Commit();
            return result;
        }
    });

    TResult Guard<TResult>(Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException exception)
        {
            throw StoreFault.Of(exception, path, patience);
        }
    }

    string Now() => time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    long NowInMilliseconds() => time.GetUtcNow().ToUnixTimeMilliseconds();

    static DateTimeOffset Date(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
