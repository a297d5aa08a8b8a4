using System.Security.Cryptography;
using Descent.Data;

namespace Descent.Studies.Definition;

/// <summary>Weights of a file that a trial starts from, instead of its initialization.</summary>
/// <param name="Source">The file's full path, or the name of published weights, which lie in the data folder; null where only the digest is known, as of a trial that is
/// read from a store.</param>
/// <param name="Digest">SHA-256 of the file, 64 hexadecimal digits: it stands in the trial's settings, so that other weights make another trial wherever they lie.</param>
/// <param name="IsExceptHead">The last layer keeps its fresh start from the initialization: for a task of other classes.</param>
public sealed record StartingWeights(string? Source, string Digest, bool IsExceptHead)
{
    /// <param name="text">The name of published weights, or a path.</param>
    /// <param name="folder">Where a relative path begins.</param>
    /// <param name="isExceptHead">Null for what is usual: published weights, whose classes are those of another data set, are taken without their last layer, those
    /// of a file with it.</param>
    /// <exception cref="BadInputException">There are no published weights of that name and no such file, or it cannot be read.</exception>
    public static StartingWeights Of(string text, string folder, bool? isExceptHead)
    {
        if (WeightsCatalog.All.FirstOrDefault(one => one.Name == text) is { } published)
        {
            return new(published.Name, published.File.Digest.Hex, isExceptHead ?? true);
        }

        // A path with a null letter is no path at all.
        string path = text.Contains('\0') ? text : Path.GetFullPath(text, folder);
        return File.Exists(path) ? new(path, DigestOf(path), isExceptHead ?? false) : throw new BadInputException(
            $"There is no file {path}, and no published weights are called so.{NearestName.Hint(text, WeightsCatalog.All.Select(one => one.Name))}");
    }

    /// <exception cref="BadInputException">The file cannot be read.</exception>
    public static string DigestOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
