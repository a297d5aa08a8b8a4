using Descent.App.Output;
using Descent.Formats;
using Descent.Models;
using Descent.Studies.Definition;
using Descent.Tensors;
using Descent.Workloads;

namespace Descent.App.Catalogs;

/// <summary>The workloads, with the layers and parameters of their models.</summary>
/// <param name="options">Of the model that is described: texts by name, without <c>model.</c></param>
sealed class Workloads(IReadOnlyDictionary<string, string> options) : Catalog
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
        var workload = WorkloadReader.Find(name);
        var model = workload.CreateModel(options);
        Painter.WriteText(terminal, $"{workload.Name}: {workload.Title}");
        terminal.Out.WriteLine();
        new FactSheet()
            .Add("Data set", workload.Problem is null ? workload.DataSet : $"{workload.Data.Origin}\n{OwnCounts(workload)}")
            .Add("Classes", workload.Problem is null ? null : string.Join(", ", workload.Data.ClassNames))
            .Add("Normalization", workload.Normalization.Name)
            .Add("Loss", workload.Loss.Name)
            .Add("Metric", workload.Metric)
            .Add("Target", workload.TargetAccuracy is null ? null : $"test accuracy {Format.Percent(workload.TargetAccuracy)}")
            .Add("Batch size", $"{workload.BatchSize}")
            .Add("Epochs", $"{workload.Epochs}")
            .Add("Parameters", Format.Count(model.ParameterCount))
            .Add("Forward pass", $"{Format.Count(model.Flops)} floating-point operations an image")
            .Add("Augmentation", workload.Augmentation?.Name)
            .Add("Activations", $"{Format.Bytes(ActivationBytes(workload, model))} kept for the backward pass of a batch of {workload.BatchSize}, in float32")
            .Write(terminal);
        terminal.Out.WriteLine();
        WriteLayers(model, terminal);
        terminal.Out.WriteLine();
        WriteParameters(model, terminal);
        if (workload.ModelOptions.Count > 0)
        {
            terminal.Out.WriteLine();
            WriteOptions(workload, terminal);
        }
    }

    public override object ToJson(string name)
    {
        var workload = WorkloadReader.Find(name);
        var model = workload.CreateModel(options);
        return new Entry(workload.Name, workload.Title, workload.DataSet, workload.Normalization.Name, workload.Loss.Name, workload.Metric,
            workload.TargetAccuracy, workload.BatchSize, workload.Epochs, workload.Augmentation?.Name, model.ParameterCount, model.Flops,
            ActivationBytes(workload, model),
            [.. model.Layers.Select(layer => new LayerEntry(layer.Name, layer.Kind, layer.Output.ToArray(), layer.ParameterCount,
                layer.Flops, layer.Activations))],
            [.. model.Parameters.Select(ParameterEntry.Of)], [.. model.Statistics.Select(ParameterEntry.Of)],
            workload.CanonicalOptions(options).ToDictionary(option => $"model.{option.Key}", option => option.Value));
    }

    static void WriteLayers(Model model, Terminal terminal)
    {
        var table = new TextTable(new("Layer", ColumnKind.Name), new("Kind", ColumnKind.Name), new("Output", ColumnKind.Name),
            new("Parameters", ColumnKind.Number), new("FLOPs an image", ColumnKind.Number), new("Kept an image", ColumnKind.Number));
        foreach (var layer in model.Layers)
        {
            table.Row(layer.Name, layer.Kind, $"{layer.Output}", Format.Count(layer.ParameterCount), Format.Count(layer.Flops),
                Format.Bytes(sizeof(float) * layer.Activations));
        }

        table.Write(terminal);
    }

    static void WriteParameters(Model model, Terminal terminal)
    {
        var table = new TextTable(new("Parameter", ColumnKind.Name), new("Shape", ColumnKind.Name), new("Numbers", ColumnKind.Number), new(""));
        foreach (var parameter in model.Parameters.Concat(model.Statistics))
        {
            table.Row(parameter.Name, $"[{string.Join(", ", PyTorchLayout.ShapeOf(parameter))}]", Format.Count(parameter.Shape.Count),
                parameter.Traits.HasFlag(ParameterTraits.RunningStatistic) ? "kept, not trained" : "");
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
        foreach (var option in workload.ModelOptions.Where(option => option.Description is not null))
        {
            terminal.Out.WriteLine();
            Painter.WriteText(terminal, $"model.{option.Name}: {option.Description}");
            terminal.Out.WriteLine();
        }
    }

    static string OwnCounts(Workload workload) => $"{Format.Count(workload.Data.TrainCount - workload.Data.DrawnTestCount)} to train, "
        + $"{Format.Count(workload.Data.TestCount + workload.Data.DrawnTestCount)} to test{(workload.Data.DrawnTestCount > 0 ? ", drawn by the study's split_seed" : "")}";

    static long ActivationBytes(Workload workload, Model model) => sizeof(float) * workload.BatchSize * model.Activations;

    /// <param name="Flops">Of the forward pass of one image.</param>
    /// <param name="ActivationBytes">Kept for the backward pass of a batch, in float32.</param>
    /// <param name="Statistics">What normalization layers keep beside the parameters.</param>
    sealed record Entry(string Name, string Title, string DataSet, string Normalization, string Loss, string Metric, double? TargetAccuracy,
        int BatchSize, int Epochs, string? Augmentation, long ParameterCount, long Flops, long ActivationBytes, LayerEntry[] Layers,
        ParameterEntry[] Parameters, ParameterEntry[] Statistics, Dictionary<string, string> Options);

    /// <param name="Activations">Numbers kept for the backward pass of one image; 0 where the next layer takes them over in the same pass.</param>
    sealed record LayerEntry(string Name, string Kind, int[] Output, long ParameterCount, long Flops, long Activations);

    /// <param name="Shape">As files and PyTorch have it.</param>
    sealed record ParameterEntry(string Name, IReadOnlyList<int> Shape)
    {
        public static ParameterEntry Of(ParameterInfo parameter) => new(parameter.Name, PyTorchLayout.ShapeOf(parameter));
    }
}
