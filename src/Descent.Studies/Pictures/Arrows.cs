using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Arrows as lines with gaps between them. Their heads are made for a plot of this window, so that they are not distorted.</summary>
/// <param name="window">What the plot spans.</param>
/// <param name="pixelWidth">Of the plot, about.</param>
/// <param name="pixelHeight">Of the plot.</param>
sealed class Arrows(PlaneWindow window, double pixelWidth, double pixelHeight)
{
    const double Head = 7, HalfWidth = 3;

    readonly List<double> x = [];
    readonly List<double> y = [];

    public ScatterTrace ToTrace(string name, Line line) =>
        new() { Name = name, X = x.ToArray(), Y = y.ToArray(), Line = line, HoverInfo = HoverInfo.Skip };

    /// <summary>From one point to another.</summary>
    public void Add(double fromX, double fromY, double toX, double toY)
    {
        double dx = (toX - fromX) / window.Width * pixelWidth, dy = (toY - fromY) / window.Height * pixelHeight;
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length < 1 || !double.IsFinite(length))
        {
            return;
        }

        double head = Math.Min(Head, 0.6 * length), half = HalfWidth * head / Head;
        var (left, right) = (Barb(half), Barb(-half));
        Point(fromX, fromY);
        Point(toX, toY);
        Point(left.X, left.Y);
        Point(toX, toY);
        Point(right.X, right.Y);
        Point(double.NaN, double.NaN);

        (double X, double Y) Barb(double aside)
        {
            double px = (-dx * head / length) - (dy * aside / length), py = (-dy * head / length) + (dx * aside / length);
            return (toX + (px / pixelWidth * window.Width), toY + (py / pixelHeight * window.Height));
        }
    }

    /// <summary>From a point in a direction, so many pixels long.</summary>
    public void Add(double fromX, double fromY, (double X, double Y) direction, double pixels)
    {
        double dx = direction.X / window.Width * pixelWidth, dy = direction.Y / window.Height * pixelHeight;
        double length = Math.Sqrt((dx * dx) + (dy * dy));
        if (length > 0 && double.IsFinite(length))
        {
            Add(fromX, fromY, fromX + (direction.X * pixels / length), fromY + (direction.Y * pixels / length));
        }
    }

    void Point(double px, double py)
    {
        x.Add(px);
        y.Add(py);
    }
}
