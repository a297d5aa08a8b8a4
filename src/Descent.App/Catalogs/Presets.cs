using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Studies.Presets;

namespace Descent.App.Catalogs;

/// <summary>The studies that come with Descent.</summary>
sealed class Presets : Catalog
{
    public override string Kind => "presets";

    public override IEnumerable<string> Names => PresetCatalog.Names;

    public override void List(Terminal terminal)
    {
        var table = new LineTable("Question", new("Preset"), new("Workload"), new("Trials", ColumnKind.Number),
            new("Seeds", ColumnKind.Number), new("Budget", ColumnKind.Number));
        foreach (var study in PresetCatalog.Names.Select(name => StudyFile.Load(name)))
        {
            table.Row(study.Question, study.Name, study.Workload.Name, Format.Count(study.Expand().Count), $"{study.Seeds.Count}",
                Budget(study));
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("As in: descent run quickstart");
    }

    public override void Describe(string name, Terminal terminal)
    {
        var study = StudyFile.Load(name);
        int trials = study.Expand().Count;
        Painter.WriteText(terminal, $"{study.Name}: {study.Question}");
        terminal.Out.WriteLine();
        new FactSheet()
            .Add("Workload", $"{study.Workload.Name} ({study.Workload.Title})")
            .Add("Trials", $"{Format.Count(trials)}: {Format.Count(trials / study.Seeds.Count)} settings × {study.Seeds.Count} seeds")
            .Add("Budget", $"{Budget(study)} of batches of {BatchText.Of(study.BatchSize, study.PhysicalBatch)}")
            .Add("Target", study.Target is { } target ? $"test accuracy {Format.Percent(target)}" : null)
            .Write(terminal);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("As a study file, to copy and change:");
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(PresetCatalog.Text(name).TrimEnd());
    }

    public override object ToJson(string name)
    {
        var study = StudyFile.Load(name);
        return new Entry(study.Name, study.Question, study.Workload.Name, study.Expand().Count, study.Seeds, study.Epochs, study.Steps,
            study.BatchSize, study.Target, [.. study.Optimizers.Select(x => x.Label)], PresetCatalog.Text(name));
    }

    static string Budget(StudyDefinition study) => study.Steps is { } steps ? $"{Format.Count(steps)} steps" : $"{study.Epochs} epochs";

    /// <param name="Optimizers">Their labels.</param>
    /// <param name="Definition">The study file's text.</param>
    sealed record Entry(string Name, string Question, string Workload, int Trials, IReadOnlyList<ulong> Seeds, int? Epochs, long? Steps,
        int BatchSize, double? Target, string[] Optimizers, string Definition);
}
