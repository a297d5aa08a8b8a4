namespace Descent.Studies.Charts.Svg;

/// <summary>Where the parts of a panel are, within its cell of the drawing.</summary>
sealed class PanelLayout
{
    public const double HeadingHeight = 22, TitleHeight = 18, Gap = 8, TickHeight = 18;
    const double BarSlot = 27, LeastRight = 14, LeastPlot = 40;
    readonly double cellWidth;

    public PanelLayout(PanelView view, double cellWidth, double height)
    {
        (View, this.cellWidth) = (view, cellWidth);
        if (view.Names.Y.Count > 0)
        {
            YNames = NameLabels.Beside([.. view.Names.Y.Keys], cellWidth);
            double oneBar = YNames.MostLines == 1 ? BarSlot : BarSlot + (NameLabels.LineHeight / 2);
            double slot = Math.Max(oneBar, (18 * BarText.Groups(view)) + 8);
            height = (slot + YNames.RoomAbove) * view.Names.Y.Count;
        }

        Height = view.Panel.HasEqualScales ? (cellWidth - Gap - LeastRight) * (view.Y.To - view.Y.From) / (view.X.To - view.X.From) : height;
        Left = Gap + (YNames?.Room ?? (view.IsEmpty || view.Panel.Y.IsHidden ? 0 : AxisScales.LabelWidth(AxisScales.Vertical(view, height, 0))));
        Top = Gap + (view.Panel.Title.Length > 0 ? HeadingHeight : 0) + (view.Panel.Y.Title.Length > 0 ? TitleHeight : 0)
            + (HasLineText ? TitleHeight : 0);
        var names = view.Names.X.Keys.ToList();
        if (names.Count > 0)
        {
            double slot = Math.Max(LeastPlot, cellWidth - Left - LeastRight) / names.Count;
            XNames = NameLabels.Below(names, slot);
            Left = Math.Max(Left, XNames.Overhang(slot));
        }

        Bottom = (XNames?.Room ?? (view.Panel.X.IsHidden ? 0 : TickHeight)) + Gap + (view.Panel.X.Title.Length > 0 ? TitleHeight : 0);
    }

    public PanelView View { get; }

    /// <summary>The names beside a y axis of categories, from the first category on.</summary>
    public NameLabels? YNames { get; }

    public NameLabels? XNames { get; }

    /// <summary>Whether texts of vertical lines stand above the plot.</summary>
    public bool HasLineText => View.Panel.ReferenceLines.Any(line => line.Axis == AxisLetter.X && line.Text.Length > 0);

    /// <summary>Pixels of the plot from top to bottom.</summary>
    public double Height { get; }

    /// <summary>Pixels left of the plot; panels above each other take the largest.</summary>
    public double Left { get; }

    public double Top { get; }

    public double Bottom { get; }

    /// <summary>The plot, when the parts left and right of it are known.</summary>
    /// <param name="left">At least <see cref="Left"/>.</param>
    /// <param name="right">Room that a legend at the lines' ends needs; 0 for none.</param>
    public PlotArea Arrange(double left, double right)
    {
        bool isHorizontal = View.HasBars(Orientation.Horizontal);
        right = Math.Max(Math.Max(LeastRight, right), isHorizontal ? BarText.Room(View, 0) : 0);
        double width = Math.Max(LeastPlot, cellWidth - left - right);
        double slot = width / Math.Max(1, View.Names.X.Count);
        double top = View.HasBars(Orientation.Vertical) ? Math.Min(BarText.Room(View, slot), Height / 2) : 0;
        return new(View, AxisScales.Horizontal(View, width), AxisScales.Vertical(View, Height, top, YNames?.RoomAbove ?? 0), width, Height);
    }
}
