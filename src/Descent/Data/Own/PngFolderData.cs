using Descent.Formats;

namespace Descent.Data.Own;

/// <summary>A folder with a folder for each class, and in these PNG pictures of one size, or of any where they are brought to one. Classes and pictures are in the order of their names.</summary>
static class PngFolderData
{
    const string Pattern = "*.png";

    static readonly EnumerationOptions options = new() { MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>All pictures with their labels, in order.</summary>
    /// <exception cref="BadInputException">It is no folder, or there are none.</exception>
    public static IReadOnlyList<(string Label, string File)> Files(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new BadInputException($"There is no folder {path}.");
        }

        try
        {
            List<(string, string)> files = [.. Directory.GetDirectories(path).Order(StringComparer.Ordinal).SelectMany(folder =>
                Directory.GetFiles(folder, Pattern, options).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(folder), file)))];
            return files.Count > 0 ? files : throw new BadInputException($"{path} holds no folders with PNG pictures; it needs one for each class.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    public static OwnDataContent Read(string path, string? testPath, ImageSides? size)
    {
        var files = Files(path);
        string[] classes = [.. files.Select(x => x.Label).Distinct()];
        ClassLabels.RequireReasonable(path, classes.Length);
        var train = Read(files, classes, path, size, null);
        return new(train, testPath is null ? null : Read(Files(testPath), classes, testPath, size, train.Shape), classes, []);
    }

    static LabeledImages Read(IReadOnlyList<(string Label, string File)> files, string[] classes, string path, ImageSides? size, ImageShape? known)
    {
        byte[]? pixels = null;
        var labels = new byte[files.Count];
        var shape = known ?? default;
        for (int i = 0; i < files.Count; i++)
        {
            var picture = PngFile.Read(files[i].File);
            picture = size is { } sides ? PictureFit.Fit(picture, sides) : picture;
            var its = new ImageShape(picture.Height, picture.Width, picture.Channels);
            shape = i == 0 && known is null ? its : shape;
            if (its != shape)
            {
                throw new BadInputException($"{files[i].File} has {its} pixels, the pictures before it have {shape}; {(its.Channels != shape.Channels ? "all must be grey or all in colour" : "picture_size: 64 brings all to one size")}.");
            }

            pixels ??= (long)files.Count * shape.Length <= Array.MaxLength ? new byte[files.Count * shape.Length]
                : throw new BadInputException($"{path} has {files.Count} pictures of {shape}: more than 2 GB of pixels.");
            picture.Pixels.CopyTo(pixels, i * shape.Length);
            labels[i] = ClassLabels.Find(path, classes, files[i].Label);
        }

        return new LabeledImages(shape, pixels!, labels, classes.Length);
    }
}
