using Descent.App.Output;
using Descent.Models;
using Descent.Workloads;

namespace Descent.App.Catalogs;

/// <summary>The workloads, with the layers and parameters of their models.</summary>
sealed class Workloads : Catalog
{
    public override string Kind => "workloads";

    public override IEnumerable<string> Names => WorkloadCatalog.All.Select(workload => workload.Name);

    public override void List(Terminal terminal)
    {
        var table = new TextTable(new("Workload", ColumnKind.Name), new("Data and model"), new("Parameters", ColumnKind.Number),
            new("Batch", ColumnKind.Number), new("Epochs", ColumnKind.Number), new("Target", ColumnKind.Number));
        foreach (var workload in WorkloadCatalog.All)
        {
            table.Row(workload.Name, workload.Title, Format.Count(workload.CreateModel().ParameterCount), $"{workload.BatchSize}",
                $"{workload.Epochs}", Format.Percent(workload.TargetAccuracy));
        }

        table.Write(terminal);
    }

    public override void Describe(string name, Terminal terminal)
    {
        var workload = WorkloadCatalog.Find(name);
        var model = workload.CreateModel();
        Painter.WriteText(terminal, $"{workload.Name}: {workload.Title}");
        terminal.Out.WriteLine();
        new FactSheet()
            .Add("Data set", workload.DataSet)
            .Add("Normalization", workload.Normalization.Name)
            .Add("Loss", workload.Loss)
            .Add("Metric", workload.Metric)
            .Add("Target", $"test accuracy {Format.Percent(workload.TargetAccuracy)}")
            .Add("Batch size", $"{workload.BatchSize}")
            .Add("Epochs", $"{workload.Epochs}")
            .Add("Parameters", Format.Count(model.ParameterCount))
            .Add("Forward pass", $"{Format.Count(model.Flops)} floating-point operations an image")
            .Write(terminal);
        terminal.Out.WriteLine();
        WriteLayers(model, terminal);
        terminal.Out.WriteLine();
        WriteParameters(model, terminal);
        terminal.Out.WriteLine();
        WriteOptions(workload, terminal);
    }

    public override object ToJson(string name)
    {
        var workload = WorkloadCatalog.Find(name);
        var model = workload.CreateModel();
        return new Entry(workload.Name, workload.Title, workload.DataSet, workload.Normalization.Name, workload.Loss, workload.Metric,
            workload.TargetAccuracy, workload.BatchSize, workload.Epochs, model.ParameterCount, model.Flops,
            [.. model.Layers.Select(layer => new LayerEntry(layer.Name, layer.Kind, layer.Output.ToArray(), layer.ParameterCount,
                layer.Flops))],
            [.. model.Parameters.Select(parameter => new ParameterEntry(parameter.Name, parameter.Shape.ToArray()))],
            workload.ModelOptions.ToDictionary(option => $"model.{option.Name}", option => option.Default));
    }

    static void WriteLayers(Model model, Terminal terminal)
    {
        var table = new TextTable(new("Layer", ColumnKind.Name), new("Kind", ColumnKind.Name), new("Output", ColumnKind.Name),
            new("Parameters", ColumnKind.Number), new("FLOPs an image", ColumnKind.Number));
        foreach (var layer in model.Layers)
        {
            table.Row(layer.Name, layer.Kind, $"{layer.Output}", Format.Count(layer.ParameterCount), Format.Count(layer.Flops));
        }

        table.Write(terminal);
    }

    static void WriteParameters(Model model, Terminal terminal)
    {
        var table = new TextTable(new("Parameter", ColumnKind.Name), new("Shape", ColumnKind.Name), new("Numbers", ColumnKind.Number));
        foreach (var parameter in model.Parameters)
        {
            table.Row(parameter.Name, $"{parameter.Shape}", Format.Count(parameter.Shape.Count));
        }

        table.Write(terminal);
    }

    static void WriteOptions(Workload workload, Terminal terminal)
    {
        var table = new TextTable(new("Model option", ColumnKind.Name), new("Default", ColumnKind.Name), new("Must"));
        foreach (var option in workload.ModelOptions)
        {
            table.Row($"model.{option.Name}", option.Default, option.Rule);
        }

        table.Write(terminal);
    }

    /// <param name="Flops">Of the forward pass of one image.</param>
    sealed record Entry(string Name, string Title, string DataSet, string Normalization, string Loss, string Metric, double TargetAccuracy,
        int BatchSize, int Epochs, long ParameterCount, long Flops, LayerEntry[] Layers, ParameterEntry[] Parameters,
        Dictionary<string, string> Options);

    sealed record LayerEntry(string Name, string Kind, int[] Output, long ParameterCount, long Flops);

    sealed record ParameterEntry(string Name, int[] Shape);
}
