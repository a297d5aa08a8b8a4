using System.Globalization;
using System.Text;

namespace Descent.Studies.Charts.Svg;

/// <summary>The <c>d</c> of a path: relative moves in tenths of a pixel, which are a third as long as absolute ones and do not drift,
/// because every move starts from the rounded end of the one before.</summary>
sealed class PathData
{
    readonly StringBuilder text = new();
    long atX, atY, startX, startY;

    public bool IsEmpty => text.Length == 0;

    public void MoveTo(double x, double y)
    {
        Append(text.Length == 0 ? 'M' : 'm', x, y);
        (startX, startY) = (atX, atY);
    }

    public void LineTo(double x, double y) => Append('l', x, y);

    /// <summary>Back to where the last move went.</summary>
    public void Close()
    {
        text.Append('z');
        (atX, atY) = (startX, startY);
    }

    /// <summary>An open line from vertex to vertex; a lone vertex becomes a line without length, which round caps make a dot.</summary>
    public void Polyline(IEnumerable<Vertex> vertices)
    {
        int count = 0;
        foreach (var vertex in vertices)
        {
            (count++ == 0 ? MoveTo : (Action<double, double>)LineTo)(vertex.X, vertex.Y);
        }

        text.Append(count == 1 ? "h0" : "");
    }

    public override string ToString() => text.ToString();

    void Append(char command, double x, double y)
    {
        var (toX, toY) = ((long)Math.Round(10 * x), (long)Math.Round(10 * y));
        text.Append(command);
        Tenths(toX - atX);
        if (toY >= atY)
        {
            text.Append(' ');
        }

        Tenths(toY - atY);
        (atX, atY) = (toX, toY);
    }

    void Tenths(long tenths)
    {
        text.Append(tenths < 0 ? "-" : "");
        var (pixels, tenth) = Math.DivRem(Math.Abs(tenths), 10);
        if (pixels != 0 || tenth == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{pixels}");
        }

        if (tenth != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $".{tenth}");
        }
    }
}

/// <summary>A point of a drawing in pixels, y downwards.</summary>
readonly record struct Vertex(double X, double Y);
