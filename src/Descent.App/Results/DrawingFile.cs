using System.Text;
using Descent.Formats;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;

namespace Descent.App.Results;

/// <summary>A figure as an SVG file.</summary>
static class DrawingFile
{
    public const string Extension = ".svg";

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="BadInputException">It cannot be written.</exception>
    public static void Write(string path, Figure figure, SvgOptions options)
    {
        try
        {
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                SvgRenderer.Write(figure, writer, options);
            });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The picture {path} cannot be written: {exception.Message}", exception);
        }
    }
}
