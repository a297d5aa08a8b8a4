using System.CommandLine;
using Descent.App.Options;

namespace Descent.App.Analyses;

/// <summary>The options that say which model an analysis looks at, where, and on which images.</summary>
sealed class AnalysisOptions(SharedOptions shared)
{
    public Argument<string> Subject { get; } = new("checkpoint")
    {
        Description = "A file, study/trial@best, @latest or @epoch=10, or a workload's name for a model that was just initialized.",
    };

    public Option<string?> Workload { get; } = ParsedOption.Text("--workload", "name", "Of a file that does not say its own, as one from PyTorch.");

    public Option<string?> Data { get; } = ParsedOption.Text("--data", "part",
        $"The images, as in train, test or train:0-1999 (default train:0-{AnalysisSource.DefaultImages - 1}, in file order).");

    public Option<string?> Mode { get; } = ParsedOption.Choice("--mode",
        "Whether batch norm takes its running statistics, or those of each batch as in training; dropout likewise (default evaluation).", "evaluation", "training");

    public Option<string?> Initialization { get; } = ParsedOption.Text("--initialization", "scheme",
        "How the weights of a workload start (default pytorch). See: descent list initializations.");

    public IEnumerable<Option> All =>
    [
        Workload, shared.Set, Data, Mode, shared.BatchSize, shared.Precision, Initialization, shared.Seed, shared.Exact, shared.Threads, shared.Store, shared.DataFolder,
    ];
}
