using System.CommandLine;
using Descent.App.Evaluations;
using Descent.App.Live;
using Descent.App.Options;
using Descent.App.Output;
using Descent.Studies.Definition;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>Measures trained parameters on a split.</summary>
sealed class EvaluateCommand : AppCommand
{
    const int BarWidth = 30;

    readonly Argument<string> checkpoint = new("checkpoint")
    {
        Description = "A file, or study/trial@best, @latest or @epoch=10 with the first digits of the trial's id.",
    };

    readonly Option<string?> split = ParsedOption.Choice("--split", "The images to measure on (default test).", "test", "train",
        "validation");

    readonly Option<string?> workload = ParsedOption.Text("--workload", "name",
        "Of a file that does not say its own, as one from PyTorch.");

    public EvaluateCommand(Surroundings surroundings)
        : base(surroundings, "evaluate", "Loss, accuracy, accuracy of each class and confusion matrix of trained parameters.",
            new Example("descent evaluate digits.safetensors", "What train --save wrote."),
            new Example("descent evaluate quickstart/3f9a@latest --split train", "The newest parameters of a trial of a study."),
            new Example("descent evaluate weights.pth --workload mnist-mlp --set model.hidden=[64] --json", "Weights from elsewhere, as one object."))
    {
        Add(checkpoint);
        Add(split);
        Add(workload);
        Add(surroundings.Shared.Set);
        Add(surroundings.Shared.Exact);
        Add(surroundings.Shared.Threads);
        Add(surroundings.Shared.Store);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        string file = CheckpointArgument.Resolve(invocation, invocation.Get(checkpoint)!);
        var weights = TrainedWeights.Read(file, WorkloadOf(invocation), ModelOptions.Of(invocation, Name), ModelOptions.Normalization(invocation));
        using var pool = new WorkerPool(invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount);
        using var executor = pool.CreateExecutor();
        string part = invocation.Get(split) ?? "test";
        var evaluation = new SplitEvaluation(weights, part, invocation.DataFolder(), executor) { IsExact = invocation.Get(invocation.Shared.Exact) };
        var result = invocation.IsLive
            ? LiveRegion.Run(invocation.Terminal, () => Draw(evaluation), () => evaluation.Run(invocation.Cancellation))
            : evaluation.Run(invocation.Cancellation);
        var report = new EvaluationReport(file, weights, part, result);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, report.ToJson());
        }
        else
        {
            report.Write(invocation.Terminal);
        }

        return ExitCode.Success;
    }

    string? WorkloadOf(Invocation invocation) =>
        invocation.Get(workload) is { } given && WorkloadReader.IsFile(given) ? invocation.Terminal.FullPath(given) : invocation.Get(workload);

    static ScreenLine Draw(SplitEvaluation evaluation) => new(evaluation.Total == 0 ? "reading the images …"
        : $"{Bar.Draw((double)evaluation.Done / evaluation.Total, BarWidth)} {Format.Count(evaluation.Done)} of {Format.Count(evaluation.Total)} images");
}
