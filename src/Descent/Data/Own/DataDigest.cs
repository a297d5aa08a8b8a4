using System.Security.Cryptography;
using System.Text;
using Descent.Formats;

namespace Descent.Data.Own;

/// <summary>SHA-256 by which a user's data are known wherever they lie.</summary>
public static class DataDigest
{
    /// <summary>Of a file its bytes; of a folder the names and bytes of the PNG pictures that lie in its folders, in the order of their names.</summary>
    /// <returns>64 hexadecimal digits.</returns>
    /// <exception cref="BadInputException">It does not exist or cannot be read.</exception>
    public static string Of(string path)
    {
        if (!Directory.Exists(path))
        {
            return Convert.ToHexStringLower(OfFile(path));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (label, file) in PngFolderData.Files(path))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{label}/{Path.GetFileName(file)}\0"));
            hash.AppendData(OfFile(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static byte[] OfFile(string path)
    {
        using var stream = InputFile.Open(path, bufferSize: 0);
        try
        {
            return SHA256.HashData(stream);
        }
        catch (IOException exception)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
