using Descent.App.Output;
using Descent.App.Plans;
using Descent.Data;
using Descent.Studies.Definition;
using Descent.Studies.Presets;

namespace Descent.App.Catalogs;

/// <summary>The studies that come with Descent, with how long they would take here and whether their data are there.</summary>
sealed class Presets(Func<DataFolder> place) : Catalog
{
    readonly Lazy<DataFolder> folder = new(place);

    public override string Kind => "presets";

    public override IEnumerable<string> Names => PresetCatalog.Names;

    public override void List(Terminal terminal)
    {
        var table = new LineTable("Question", new("Preset"), new("Workload"), new("Trials", ColumnKind.Number), new("Seeds", ColumnKind.Number),
            new("Budget"), new("Data"), new("About", ColumnKind.Number), new("--quick", ColumnKind.Number));
        foreach (string name in PresetCatalog.Names)
        {
            var study = StudyFile.Load(name).Beside(folder.Value);
            table.Row(study.Question, study.Name, study.Workload.Name, Format.Count(study.Expand().Count), $"{study.Seeds.Count}", Budget(study),
                IsDataHere(study) ? "here" : "missing", Format.Estimate(Paces.Seconds(study)), Format.Estimate(Paces.Seconds(Quick(name))));
        }

        table.Write(terminal);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("As in: descent run quickstart. Times are estimates for this machine, with a trial on each core.");
        if (PresetCatalog.Names.Select(name => StudyFile.Load(name)).Where(study => !IsDataHere(study)).Select(study => study.Workload.DataSet).Distinct()
            .ToList() is { Count: > 0 } missing)
        {
            terminal.Out.WriteLine($"Missing data: {string.Join(", ", missing.Select(set => $"descent data get {set}"))}");
        }
    }

    public override void Describe(string name, Terminal terminal)
    {
        var study = StudyFile.Load(name).Beside(folder.Value);
        int trials = study.Expand().Count;
        Painter.WriteText(terminal, $"{study.Name}: {study.Question}");
        terminal.Out.WriteLine();
        new FactSheet()
            .Add("Workload", $"{study.Workload.Name} ({study.Workload.Title})")
            .Add("Trials", $"{Format.Count(trials)}: {Format.Count(trials / study.Seeds.Count, "setting", "settings")} × {Format.Count(study.Seeds.Count, "seed", "seeds")}")
            .Add("Budget", $"{Budget(study)} of batches of {Batches(study)}")
            .Add("Target", study.Target is { } target ? $"test accuracy {Format.Percent(target)}" : null)
            .Add("Time", $"{About(Paces.Seconds(study))} here, --quick {About(Paces.Seconds(Quick(name)))}")
            .Add("Data", IsDataHere(study) ? "here" : $"not here; descent data get {study.Workload.DataSet}")
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
            study.BatchSize, study.Target, [.. study.Optimizers.Select(x => x.Label).Distinct()], IsDataHere(study), Paces.Seconds(study),
            Paces.Seconds(Quick(name)), PresetCatalog.Text(name));
    }

    static string About(double seconds) => (seconds < 5 ? "" : "about ") + Format.Estimate(seconds);

    PaceCache Paces => new(folder.Value, TimeProvider.System);

    static StudyDefinition Quick(string name) => StudyFile.Load(name, form: StudyForm.Quick);

    bool IsDataHere(StudyDefinition study) =>
        DataCatalog.Find(study.Workload.DataSet).Files.All(file => file.Find(folder.Value) is not null);

    static string Budget(StudyDefinition study) => Range([.. study.Expand().Select(x => x.Settings.Steps ?? x.Settings.Epochs!.Value)])
        + (study.Steps is null ? " epochs" : " steps");

    static string Batches(StudyDefinition study)
    {
        var sizes = study.Expand().Select(x => (x.Settings.BatchSize, x.Settings.PhysicalBatch)).Distinct().ToList();
        return sizes.Count == 1 ? BatchText.Of(sizes[0].BatchSize, sizes[0].PhysicalBatch) : Range([.. sizes.Select(x => (long)x.BatchSize)]);
    }

    static string Range(IReadOnlyList<long> values) =>
        values.Min() == values.Max() ? Format.Count(values[0]) : $"{Format.Count(values.Min())} to {Format.Count(values.Max())}";

    /// <param name="Optimizers">Their labels.</param>
    /// <param name="EstimatedSeconds">On this machine, with a trial on each core.</param>
    /// <param name="QuickSeconds">The same of its quick form.</param>
    /// <param name="Definition">The study file's text.</param>
    sealed record Entry(string Name, string Question, string Workload, int Trials, IReadOnlyList<ulong> Seeds, int? Epochs, long? Steps,
        int BatchSize, double? Target, string[] Optimizers, bool IsDataPresent, double EstimatedSeconds, double QuickSeconds, string Definition);
}
