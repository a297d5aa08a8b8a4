using System.ComponentModel;
using System.Diagnostics;

namespace Descent.App.Pictures;

/// <summary>A program of the machine that makes PNG of SVG.</summary>
/// <param name="Program">Its file.</param>
/// <param name="Arguments">With <c>{0}</c> for the SVG file and <c>{1}</c> for the PNG file.</param>
sealed record PngConverter(string Program, IReadOnlyList<string> Arguments)
{
    // Twice as many pixels as the drawing has, for screens and print.
    static readonly (string Name, string[] Arguments)[] known =
    [
        ("rsvg-convert", ["--zoom=2", "--output={1}", "{0}"]),
        ("inkscape", ["{0}", "--export-type=png", "--export-dpi=192", "--export-filename={1}"]),
        ("resvg", ["--zoom", "2", "{0}", "{1}"]),
        ("magick", ["-density", "192", "{0}", "{1}"]),
    ];

    /// <summary>The first that is on the PATH.</summary>
    /// <exception cref="BadInputException">None is.</exception>
    public static PngConverter Find(Func<string, string?> variable)
    {
        string[] folders = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        foreach (var (name, arguments) in known)
        {
            if (folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, name + ending))).FirstOrDefault(File.Exists) is { } file)
            {
                return new(file, arguments);
            }
        }

        throw new BadInputException($"PNG needs one of {string.Join(", ", known.Select(converter => converter.Name))}, and none is on the PATH: "
            + "install one, or write a file .svg.");
    }

    /// <exception cref="BadInputException">The program cannot be started, or fails.</exception>
    public void Convert(string svg, Stream png)
    {
        var folder = Directory.CreateTempSubdirectory("descent-");
        try
        {
            var (source, target) = (Path.Combine(folder.FullName, "picture.svg"), Path.Combine(folder.FullName, "picture.png"));
            File.WriteAllText(source, svg);
            Run([.. Arguments.Select(argument => argument.Replace("{0}", source, StringComparison.Ordinal).Replace("{1}", target, StringComparison.Ordinal))]);
            if (!File.Exists(target))
            {
                throw new BadInputException($"{Program} ended without having made a PNG.");
            }

            using var made = File.OpenRead(target);
            made.CopyTo(png);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    void Run(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            string error = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new BadInputException($"{Program} failed with exit code {process.ExitCode}: {error}");
            }
        }
        catch (Win32Exception exception)
        {
            throw new BadInputException($"{Program} cannot be started: {exception.Message}", exception);
        }
    }
}
