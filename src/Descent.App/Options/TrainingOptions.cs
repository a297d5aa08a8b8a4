using System.CommandLine;

namespace Descent.App.Options;

/// <summary>The options that say what one training does.</summary>
sealed class TrainingOptions(SharedOptions shared)
{
    public Option<string?> Initialization { get; } = ParsedOption.Text("--initialization", "scheme",
        "How weights start, as in he or \"normal(scale=0.1)\" (default pytorch). See: descent list initializations.");

    public Option<string?> Order { get; } = ParsedOption.Choice(
        "--order", "Images in a new order each epoch, in that of the file, or drawn with replacement (default shuffled).", "shuffled", "file", "replacement");

    public Option<string?> Data { get; } = ParsedOption.Text("--data", "part", "Train on a part in file order, as in train:0-1999.");

    public Option<string?> Save { get; } = ParsedOption.Text(
        "--save", "file", "Write the trained parameters (.safetensors, .npz, or .pth for torch.load); with images for validation those of the best epoch too, as my.best.safetensors.");

    public Option<string?> Logits { get; } = ParsedOption.Text(
        "--logits", "file", "Write the logits of the last step's batch, in evaluation mode after that step (NPZ).");

    public IReadOnlyList<Option> All =>
    [
        shared.Optimizer, shared.Set, shared.Epochs, shared.Steps, shared.BatchSize, shared.PhysicalBatch, shared.Seed, Initialization, shared.Init,
        shared.InitExceptHead, Order, Data, shared.NoAugment, shared.Precision, shared.Exact, shared.Threads, shared.MaxTime, shared.DataFolder, Save, Logits,
    ];
}
