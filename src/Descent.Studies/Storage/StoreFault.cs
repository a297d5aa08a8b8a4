using Microsoft.Data.Sqlite;

namespace Descent.Studies.Storage;

/// <summary>Says in one sentence what is wrong with a store file.</summary>
static class StoreFault
{
    const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    const string OrAnother = "or name another store with --store", IsKept = "what was recorded until now is kept";

    public static BadInputException Of(SqliteException exception, string path, TimeSpan patience) => new(exception.SqliteErrorCode switch
    {
        Busy or Locked =>
            $"The store {path} was locked by another program for more than {patience.TotalSeconds:0} s; end that program, {OrAnother}.",
        ReadOnly => $"The store {path} is read-only; make it writable, {OrAnother}.",
        Full => $"The store {path} cannot grow, the disk is full; {IsKept}: free some space and run the same command again.",
        InputOutput => $"The store {path} cannot be read or written ({exception.Message.TrimEnd('.')}); {IsKept}.",
        CannotOpen => $"The store {path} cannot be opened or made; is its folder there and writable?",
        NotADatabase => $"{path} is not a store of Descent: it is not a database.",
        Corrupt => $"The store {path} is damaged ({exception.Message.TrimEnd('.')}); move it away, {OrAnother}.",
        _ => $"The store {path} refused: {exception.Message.TrimEnd('.')}.",
    }, exception);

    public static BadInputException Missing(string path) =>
        new($"There is no store {path}; \"descent run\" makes one, and --store names another.");

    public static BadInputException NoFolder(string path) =>
        new($"The store {path} cannot be made: the folder {Path.GetDirectoryName(path)} does not exist.");

    public static BadInputException Foreign(string path) => new($"{path} is not a store of Descent: it is a database of another program.");

    public static BadInputException Newer(string path, long version, long known) => new(
        $"The store {path} has version {version}, written by a newer Descent; this one knows versions up to {known}: "
        + $"use the newer one, {OrAnother}.");
}
