using System.CommandLine;

namespace Descent.App.Options;

/// <summary>The options that mean the same in every command that has them.</summary>
sealed class SharedOptions
{
    public Option<bool> Json { get; } = ParsedOption.Everywhere("--json", "Print for machines: JSON alone on the standard output.");

    public Option<bool> Quiet { get; } = ParsedOption.Everywhere("--quiet", "No progress, only results.");

    public Option<bool> Verbose { get; } = ParsedOption.Everywhere("--verbose", "Show the stack trace of an error.");

    public Option<string[]?> Assembly { get; } = ParsedOption.RepeatedEverywhere("--assembly", "file",
        "Add the update rules of a .NET assembly to those of Descent; may be repeated.");

    public Option<string[]?> Set { get; } = ParsedOption.Repeated("--set", "key=value", "Give a key another value; may be repeated.");

    public Option<string?> Optimizer { get; } = ParsedOption.Text("--optimizer", "name", "The update rule. See: descent list optimizers.");

    public Option<ulong?> Seed { get; } = ParsedOption.Seed("--seed", "Seed of initial weights, order and augmentation (default 0).");

    public Option<ulong[]?> Seeds { get; } = ParsedOption.Seeds("--seeds", "One trial a seed, for every setting.");

    public Option<int?> Epochs { get; } = ParsedOption.WholeNumber("--epochs", "Passes over the training data.");

    public Option<int?> Steps { get; } = ParsedOption.WholeNumber("--steps", "Parameter updates, instead of epochs.");

    public Option<int?> BatchSize { get; } = ParsedOption.WholeNumber("--batch-size", "Images in a batch (default: the workload's).");

    public Option<int?> PhysicalBatch { get; } = ParsedOption.WholeNumber(
        "--physical-batch", "Images worked on at a time; the gradients of a batch's pieces are added (default: the whole batch).");

    public Option<string?> Precision { get; } = ParsedOption.Choice("--precision", "Of all numbers (default float32).", "float32",
        "float64");

    public Option<bool> Exact { get; } = new("--exact")
    {
        Description = "Sum convolutions tap by tap, without Winograd's transforms: slower, nearer to the exact sum.",
    };

    public Option<bool> NoAugment { get; } = new("--no-augment") { Description = "Train on the images as they are." };

    public Option<string?> Init { get; } = ParsedOption.Text("--init", "file",
        "Start from weights: safetensors, a PyTorch state dict or checkpoint (.pth), NPZ, or published ones (resnet18-imagenet).");

    public Option<bool> InitExceptHead { get; } = new("--init-except-head")
    {
        Description = "Of the weights of --init, leave the last layer out: it starts fresh, for other classes.",
    };

    public Option<int?> Threads { get; } = ParsedOption.WholeNumber("--threads", "Threads inside one training (default: all cores).");

    public Option<TimeSpan?> MaxTime { get; } = ParsedOption.Duration("--max-time",
        "Stop after this time as Ctrl-C does: the step is finished, and what there is is kept.");

    public Option<string?> DataFolder { get; } = ParsedOption.Text(
        "--data-folder", "folder", "Where data sets lie (default: $DESCENT_DATA, else the user's cache).");

    public Option<string?> Store { get; } = ParsedOption.Text("--store", "file", "The store of studies (default .descent/studies.db).");

    public Option<string?> Output { get; } = ParsedOption.Text(
        "--output", "file", "Write there instead of to the standard output.", "-o");

    public Option<bool> Yes { get; } = new("--yes") { Description = "Do not ask." };
}
