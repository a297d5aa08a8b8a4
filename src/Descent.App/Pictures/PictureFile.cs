using System.Globalization;
using Descent.Formats;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.App.Pictures;

/// <summary>A figure as a file, of the format that its name says.</summary>
static class PictureFile
{
    const string Svg = ".svg", Png = ".png", Json = ".json";

    /// <summary>The path, where its name says a format that is written: asked before a long computation.</summary>
    /// <exception cref="BadInputException">It does not.</exception>
    public static string Checked(string path) => Path.GetExtension(path).ToLowerInvariant() is Svg or Png or Json ? path
        : throw new BadInputException($"{path}: a picture is a file .svg, .png or .json (Plotly's figure).");

    /// <summary>SVG, PNG where the machine has a converter, or the figure's Plotly JSON.</summary>
    /// <exception cref="BadInputException">The name says another format, there is no converter, or the file cannot be written.</exception>
    public static void Write(Figure figure, string path, SvgOptions options, Func<string, string?> variable)
    {
        string extension = Path.GetExtension(Checked(path)).ToLowerInvariant();
        var converter = extension == Png ? PngConverter.Find(variable) : null;
        try
        {
            AtomicFile.Write(path, stream =>
            {
                if (converter is not null)
                {
                    converter.Convert(SvgRenderer.Render(figure, options), stream);
                    return;
                }

                using var writer = new StreamWriter(stream, leaveOpen: true);
                writer.Write(extension == Json ? figure.ToJson() : SvgRenderer.Render(figure, options));
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(string.Create(CultureInfo.InvariantCulture, $"The picture {path} cannot be written: {exception.Message}"), exception);
        }
    }
}
