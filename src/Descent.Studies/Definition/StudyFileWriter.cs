using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Descent.Studies.Statistics;
using Descent.Workloads.Own;

namespace Descent.Studies.Definition;

/// <summary>Writes a study as YAML with every value spelled out.</summary>
static class StudyFileWriter
{
    public static string Write(StudyDefinition study)
    {
        var text = new StringBuilder();
        void Line(string key, string? value) => _ = value is null ? text : text.Append(CultureInfo.InvariantCulture, $"{key}: {value}\n");

        Line("name", Quoted(study.Name));
        Line("question", Quoted(study.Question));
        Line("workload", study.Workload.Problem is { } problem ? Own(problem) : study.Workload.Name);
        Line("model", study.Model.Count == 0 ? null
            : $"{{ {string.Join(", ", study.Model.Select(x => $"{x.Name}: {Quoted(x.Value)}"))} }}");
        Line("data", study.Data is null ? null : Quoted(study.Data));
        Line("validation", study.ValidationCount == 0 ? null : study.ValidationCount.ToString(CultureInfo.InvariantCulture));
        Line(SweptKey.NormalizationKey, study.Normalization);
        Line("precision", study.Precision);
        Line("augmentation", study.IsAugmented ? null : "false");
        Line("exact", study.IsExact ? "true" : null);
        Line("epochs", study.Epochs?.ToString(CultureInfo.InvariantCulture));
        Line("steps", study.Steps?.ToString(CultureInfo.InvariantCulture));
        Line("batch_size", study.BatchSize.ToString(CultureInfo.InvariantCulture));
        Line("physical_batch", study.PhysicalBatch?.ToString(CultureInfo.InvariantCulture));
        Line("order", study.Order);
        Line(StudyEvaluation.Key, study.Evaluation.Count == 0 ? null : Mapping(study.Evaluation));
        Line(StudyGauges.Key, StudyGauges.ToYaml(study.Gauges));
        Line("clip", study.Clip.Count == 0 ? null : Mapping(study.Clip));
        Line("non_finite", study.SkipsNonFinite ? "skip" : null);
        foreach (var (key, schedule) in study.Schedules.All)
        {
            Line(key, Mapping(schedule));
        }

        Line("initialization", Quoted(study.Initialization));
        Line("init", study.Init is { Source: { } source } ? Quoted(source) : null);
        Line("init_except_head", study.Init is { } init ? (init.IsExceptHead ? "true" : "false") : null);
        Line("init_missing", study.IsInitOptional ? "scratch" : null);
        Line("seeds", $"[{string.Join(", ", study.Seeds)}]");
        Line("split_seed", study.SplitSeed.ToString(CultureInfo.InvariantCulture));
        Line("target", study.Target is { } target ? Hyperparameter.Text(target) : null);
        Line(StudyDefinition.TargetSplitKey, study.TargetSplit == HeldOut.Test.Split ? null : study.TargetSplit);
        Line(StudyDefinition.TunedByKey, study.TunedBy is { } tuning ? Quoted(tuning) : null);
        Line(StudyWaivers.Key, study.Waivers.Count == 0 ? null : $"{{ {string.Join(", ", study.Waivers.Select(x => $"{x.Code}: {Quoted(x.Why)}"))} }}");
        Line(StudyMatch.Key, study.Match?.ToYaml());
        Line("checkpoints", study.Checkpoints.Count > 0 ? $"[{string.Join(", ", study.Checkpoints)}]" : null);
        Line("final_checkpoint", study.FinalCheckpoint.ToString().ToLowerInvariant());
        Line(StudyHalving.Key, study.Halving is { } halving ? string.Create(CultureInfo.InvariantCulture, $"{{ first: {halving.First}, factor: {halving.Factor} }}") : null);
        _ = text.Append("optimizers:\n");
        foreach (var entry in study.Optimizers)
        {
            string values = string.Join(", ", entry.Values.Select(x => $"{x.Name}: {List(x.Values)}"));
            _ = text.Append(CultureInfo.InvariantCulture, $"  - {entry.Optimizer}: {{ {values} }}\n    label: {Quoted(entry.Label)}\n");
            foreach (var own in entry.Own)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"    {own.Name}: {Plain(own.Value)}\n");
            }

            foreach (var (key, schedule) in entry.Schedules)
            {
                _ = text.Append(CultureInfo.InvariantCulture, $"    {key}: {(schedule.Count == 0 ? "constant" : Mapping(schedule))}\n");
            }

            _ = entry.Groups.Count == 0 ? text : text.Append(CultureInfo.InvariantCulture, $"    groups: {StudyGroups.ToYaml(entry.Groups)}\n");
            _ = entry.Clip is null ? text
                : text.Append(CultureInfo.InvariantCulture, $"    clip: {(entry.Clip.Count == 0 ? "none" : Mapping(entry.Clip))}\n");
        }

        return text.ToString();
    }

    /// <summary>What was found by looking at the data stands there too, so that a study of the store is read without them.</summary>
    static string Own(OwnProblem problem) => $"{{ {OwnProblemReader.KnownKey}: {Quoted(OwnProblemJson.Write(problem))}"
        + (problem.Data.Path is { } path ? $", data: {Quoted(path)}" : "") + (problem.Data.TestPath is { } test ? $", test: {Quoted(test)}" : "") + " }";

    static string Mapping(IReadOnlyList<Setting> settings) => $"{{ {string.Join(", ", settings.Select(x => $"{x.Name}: {Plain(x.Value)}"))} }}";

    /// <summary>A number, true or false without quotes; any other text in quotes.</summary>
    static string Plain(string value) =>
        value is "true" or "false" || double.TryParse(value, CultureInfo.InvariantCulture, out _) ? value : Quoted(value);

    static string List(IReadOnlyList<string> values) => values.Count == 1 ? values[0] : $"[{string.Join(", ", values)}]";

    /// <summary>A double-quoted YAML text: every JSON string is one.</summary>
    static string Quoted(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";
}
