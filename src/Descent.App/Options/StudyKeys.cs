using System.CommandLine;
using Descent.App.Commands;
using Descent.Data;
using Descent.Studies.Definition;

namespace Descent.App.Options;

/// <summary>The options that stand for a key of a study, wherever they are given.</summary>
static class StudyKeys
{
    /// <summary>What they say in place of the study's file.</summary>
    public static IReadOnlyList<StudyOverride> Overrides(Invocation invocation)
    {
        var shared = invocation.Shared;
        var overrides = new List<StudyOverride>();
        Add("epochs", shared.Epochs, invocation.Get(shared.Epochs));
        Add("steps", shared.Steps, invocation.Get(shared.Steps));
        Add("batch_size", shared.BatchSize, invocation.Get(shared.BatchSize));
        Add("physical_batch", shared.PhysicalBatch, invocation.Get(shared.PhysicalBatch));
        Add("precision", shared.Precision, invocation.Get(shared.Precision));
        Switch("augmentation", shared.NoAugment, "false");
        Switch("exact", shared.Exact, "true");
        Add("init", shared.Init, invocation.Get(shared.Init) is { } init ? Quoted(PathOf(init, invocation)) : null);
        Switch("init_except_head", shared.InitExceptHead, "true");
        return overrides;

        void Add(string key, Option option, object? value)
        {
            if (value is not null)
            {
                overrides.Add(new(key, $"{value}", $"{option.Name} {invocation.Parsed.GetResult(option)!.Tokens[0].Value}"));
            }
        }

        void Switch(string key, Option<bool> option, string value)
        {
            if (invocation.Get(option))
            {
                overrides.Add(new(key, value, option.Name));
            }
        }
    }

    /// <summary>A text as YAML has it.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string PathOf(string init, Invocation invocation) =>
        WeightsCatalog.All.Any(one => one.Name == init) ? init : invocation.Terminal.FullPath(init);
}
