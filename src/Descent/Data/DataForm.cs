namespace Descent.Data;

/// <summary>A form in which a published file may lie in a data folder: as it was published, unpacked, or published in another packing.</summary>
/// <param name="Path">A file's or folder's place under the data folder, with <c>/</c> between folders.</param>
/// <param name="IsPublished">Whether what lies at a path has the published content, by its digest. Throws <see cref="BadInputException"/> for what cannot be
/// read at all.</param>
/// <param name="RequireLayout">Throws <see cref="BadInputException"/> where what lies at a path has not the published type, sizes and label range, whatever its
/// values are.</param>
public sealed record DataForm(string Path, Func<string, bool> IsPublished, Action<string> RequireLayout)
{
    /// <summary>What of this form lies in a data folder, or null.</summary>
    public string? Find(DataFolder folder) => folder.Combine(Path) is var path && (File.Exists(path) || Directory.Exists(path)) ? path : null;
}
