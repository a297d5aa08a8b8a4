using System.Text.Json;
using System.Text.Json.Serialization;

namespace Descent.Studies.Charts.Plotly;

/// <summary>Plotly keeps the axes, titles and lines of all panels side by side, numbered; in <see cref="Layout"/> each panel has its
/// own.</summary>
sealed class LayoutConverter : JsonConverter<Layout>
{
    public override void Write(Utf8JsonWriter writer, Layout value, JsonSerializerOptions options)
    {
        int columns = Math.Max(1, value.Columns);
        var plotly = new PlotlyLayout
        {
            Title = value.Title.Length + value.Subtitle.Length == 0 ? null
                : new(value.Title, value.Subtitle.Length == 0 ? null : new(value.Subtitle)),
            Meta = value.Description.Length == 0 ? null : new(value.Description),
            Grid = value.Panels.Count == 1 ? null : new((value.Panels.Count + columns - 1) / columns, columns),
            ShowsLegend = value.ShowsLegend,
            BarMode = value.BarMode == BarMode.Group ? null : value.BarMode,
            Annotations =
            [
                .. value.Panels.Index().Where(x => x.Item.Title.Length > 0).Select(x => TitleOf(x.Item, Number(x.Index))),
                .. value.Panels.Index().SelectMany(x => x.Item.Images.Where(image => image.Label.Length > 0).Select(image => LabelOf(image, Number(x.Index)))),
            ],
            Images = value.Panels.All(panel => panel.Images.Count == 0) ? null
                : [.. value.Panels.Index().SelectMany(x => x.Item.Images.Select(image => ImageOf(image, Number(x.Index))))],
            Shapes = [.. value.Panels.Index().SelectMany(x => x.Item.ReferenceLines.Select(line => ShapeOf(line, Number(x.Index))))],
        };
        foreach (var (i, panel) in value.Panels.Index())
        {
            plotly.Axes[$"xaxis{Number(i)}"] = JsonSerializer.SerializeToElement(AxisMapping.ToPlotly(panel.X), options);
            plotly.Axes[$"yaxis{Number(i)}"] = JsonSerializer.SerializeToElement(
                AxisMapping.ToPlotly(panel.Y) with { ScaleAnchor = panel.HasEqualScales ? $"x{Number(i)}" : null }, options);
        }

        JsonSerializer.Serialize(writer, plotly, options);
    }

    public override Layout Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var plotly = JsonSerializer.Deserialize<PlotlyLayout>(ref reader, options)
            ?? throw new JsonException("layout must be an object, got null.");
        int count = Math.Max(1, (plotly.Axes.Count + 1) / 2);
        var panels = Enumerable.Range(0, count).Select(i => PanelOf(plotly, Number(i), options)).ToList();
        var known = panels.Index().SelectMany(x => new[] { $"xaxis{Number(x.Index)}", $"yaxis{Number(x.Index)}" }).ToList();
        if (plotly.Axes.Keys.FirstOrDefault(key => !known.Contains(key)) is { } unknown)
        {
            throw new JsonException($"layout has no key \"{unknown}\".{NearestName.Hint(unknown, known)}");
        }

        return new()
        {
            Title = plotly.Title?.Text ?? "",
            Subtitle = plotly.Title?.Subtitle?.Text ?? "",
            Description = plotly.Meta?.Description ?? "",
            Panels = panels,
            Columns = plotly.Grid?.Columns ?? 1,
            ShowsLegend = plotly.ShowsLegend ?? true,
            BarMode = plotly.BarMode ?? BarMode.Group,
        };
    }

    /// <summary>Plotly's first axis has no number, the second is 2.</summary>
    static string Number(int index) => index == 0 ? "" : $"{index + 1}";

    static Panel PanelOf(PlotlyLayout plotly, string number, JsonSerializerOptions options) => new()
    {
        Title = plotly.Annotations?.FirstOrDefault(text => text.XRef == $"x{number} domain")?.Text ?? "",
        X = AxisOf(plotly, $"xaxis{number}", options),
        Y = AxisOf(plotly, $"yaxis{number}", options),
        HasEqualScales = plotly.Axes.TryGetValue($"yaxis{number}", out var y) && y.Deserialize<PlotlyAxis>(options)!.ScaleAnchor is not null,
        Images = [.. (plotly.Images ?? []).Where(image => image.XRef == $"x{number}").Select(image => ImageOf(image, plotly))],
        ReferenceLines = [.. (plotly.Shapes ?? []).Select(shape => LineOf(shape, number)).OfType<ReferenceLine>()],
    };

    static Axis AxisOf(PlotlyLayout plotly, string key, JsonSerializerOptions options) =>
        plotly.Axes.TryGetValue(key, out var json) ? AxisMapping.FromPlotly(json.Deserialize<PlotlyAxis>(options)!) : new();

    static PlotlyAnnotation TitleOf(Panel panel, string number) => new(panel.Title, $"x{number} domain", $"y{number} domain");

    static PlotlyAnnotation LabelOf(PanelImage image, string number) =>
        new(image.Label, $"x{number}", $"y{number}", image.X + (image.Width / 2), image.Y + image.Height, XAnchor: "center", YAnchor: "top");

    static PlotlyImage ImageOf(PanelImage image, string number) =>
        new(image.Source, $"x{number}", $"y{number}", image.X, image.Y, image.Width, image.Height);

    /// <summary>The label of an image is the annotation at the middle of its lower side.</summary>
    static PanelImage ImageOf(PlotlyImage image, PlotlyLayout plotly) => new(image.Source, image.X, image.Y, image.SizeX, image.SizeY,
        plotly.Annotations?.FirstOrDefault(text => text.XRef == image.XRef && text.X == image.X + (image.SizeX / 2) && text.Y == image.Y + image.SizeY)?.Text ?? "");

    static PlotlyShape ShapeOf(ReferenceLine line, string number)
    {
        var label = line.Text.Length > 0 ? new PlotlyTitle(line.Text) : null;
        var stroke = new Line(Width: 1, Dash: Dash.Dashed);
        return line.Axis == AxisLetter.Y
            ? new($"x{number} domain", $"y{number}", 0, 1, line.Value, line.Value, label, stroke)
            : new($"x{number}", $"y{number} domain", line.Value, line.Value, 0, 1, label, stroke);
    }

    static ReferenceLine? LineOf(PlotlyShape shape, string number) =>
        shape.YRef == $"y{number}" ? new(AxisLetter.Y, shape.Y0, shape.Label?.Text ?? "")
        : shape.XRef == $"x{number}" ? new(AxisLetter.X, shape.X0, shape.Label?.Text ?? "")
        : null;
}
