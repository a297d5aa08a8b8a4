namespace Descent.Formats;

/// <summary>Writes a file so that a reader finds the old content or the whole new content, whatever stops the writer.</summary>
public static class AtomicFile
{
    /// <summary>Writes into a new file beside <paramref name="path"/>, flushes it to the disk, then renames it over the path.
    /// The folder is made where it is missing. When writing fails, the file at the path stays as it was and the new one is removed.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new ArgumentException($"{path} is a folder, not a file.", nameof(path));
        _ = Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
                // Without this, a power cut after the rename could leave a file of the right name and no content.
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
