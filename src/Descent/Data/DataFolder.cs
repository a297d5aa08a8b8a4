using System.Runtime.InteropServices;

namespace Descent.Data;

/// <summary>The folder under which the files of data sets lie, each set in a folder of its own.</summary>
public sealed record DataFolder(string Path)
{
    /// <summary>The folder that a flag names, else <c>$DESCENT_DATA</c>, else <c>$XDG_CACHE_HOME/descent/data</c>, else <c>descent/data</c> in the
    /// user's cache folder: <c>~/.cache</c>, on macOS <c>~/Library/Caches</c>, on Windows <c>%LOCALAPPDATA%</c>. It need not exist.</summary>
    /// <exception cref="BadInputException">None of these is known.</exception>
    public static DataFolder Resolve(string? flag) => Resolve(flag, Environment.GetEnvironmentVariable);

    /// <summary>The same with the variables of another environment.</summary>
    public static DataFolder Resolve(string? flag, Func<string, string?> variable) => Resolve(flag, variable,
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux);

    internal static DataFolder Resolve(string? flag, Func<string, string?> variable, OSPlatform platform)
    {
        string? path = NotEmpty(flag) ?? NotEmpty(variable("DESCENT_DATA"))
            ?? Below(Absolute(variable("XDG_CACHE_HOME")), "descent", "data")
            ?? (platform == OSPlatform.Windows ? Below(variable("LOCALAPPDATA"), "descent", "data")
                : platform == OSPlatform.OSX ? Below(variable("HOME"), "Library", "Caches", "descent", "data")
                : Below(variable("HOME"), ".cache", "descent", "data"));
        return path is null
            ? throw new BadInputException("No folder for data is known: give --data-folder or set DESCENT_DATA.")
            : new DataFolder(System.IO.Path.GetFullPath(path));
    }

    /// <summary>A path in this folder, from a relative one with <c>/</c> between folders.</summary>
    public string Combine(string relative) => System.IO.Path.Combine([Path, .. relative.Split('/')]);

    static string? NotEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;

    // The XDG specification has relative paths ignored.
    static string? Absolute(string? value) => NotEmpty(value) is { } path && System.IO.Path.IsPathFullyQualified(path) ? path : null;

    static string? Below(string? folder, params string[] names) =>
        NotEmpty(folder) is { } path ? System.IO.Path.Combine([path, .. names]) : null;
}
