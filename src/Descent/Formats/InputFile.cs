namespace Descent.Formats;

/// <summary>Opens files that a user names.</summary>
static class InputFile
{
    /// <param name="bufferSize">Bytes to read ahead; 0 where the reader takes large blocks.</param>
    /// <exception cref="BadInputException">The file does not exist or cannot be opened.</exception>
    public static FileStream Open(string path, int bufferSize)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"{path} does not exist.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
