using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

/// <summary>Brings a store to the version of this code. Every version is one script of the folder Migrations; the file says its
/// version.</summary>
static class StoreMigrations
{
    // "Dsct" in ASCII, in the header of the file: tells a store from other programs' databases.
    internal const long ApplicationId = 0x44736374;

    static readonly string[] scripts = ReadScripts();

    /// <summary>The scripts in their order: the first makes version 1.</summary>
    internal static IReadOnlyList<string> Scripts => scripts;

    public static long NewestVersion => scripts.Length;

    /// <summary>Runs the scripts that the store lacks, all or none. Two processes may do so at the same time.</summary>
    /// <exception cref="BadInputException">It is another program's database, or of a newer version.</exception>
    public static void Apply(SqliteConnection connection, string path)
    {
        // Looked at in one moment: another process may be making the store right now.
        using (connection.BeginTransaction(deferred: true))
        {
            RequireOurs(connection, path);
            if (Version(connection) == NewestVersion)
            {
                return;
            }
        }

        using var transaction = connection.BeginTransaction();
        RequireOurs(connection, path);
        for (long version = Version(connection); version < NewestVersion; version++)
        {
            _ = connection.Execute(scripts[version]);
        }

        _ = connection.Execute($"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {NewestVersion}");
        transaction.Commit();
    }

    static void RequireOurs(SqliteConnection connection, string path)
    {
        long application = (long)connection.Scalar("PRAGMA application_id")!;
        bool isEmpty = (long)connection.Scalar("SELECT count(*) FROM sqlite_schema")! == 0;
        if (application != ApplicationId && !(application == 0 && isEmpty))
        {
            throw StoreFault.Foreign(path);
        }

        if (Version(connection) is var version && version > NewestVersion)
        {
            throw StoreFault.Newer(path, version, NewestVersion);
        }
    }

    static long Version(SqliteConnection connection) => (long)connection.Scalar("PRAGMA user_version")!;

    static string[] ReadScripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd();
            })];
    }
}
