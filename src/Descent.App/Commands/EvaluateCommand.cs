using System.CommandLine;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Evaluations;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>Measures trained parameters on a split.</summary>
sealed class EvaluateCommand : AppCommand
{
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
            new Example("descent evaluate weights.safetensors --workload mnist-mlp --json", "Weights from elsewhere, as one object."))
    {
        Add(checkpoint);
        Add(split);
        Add(workload);
        Add(surroundings.Shared.Threads);
        Add(surroundings.Shared.Store);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        string file = CheckpointArgument.Resolve(invocation, invocation.Get(checkpoint)!);
        var weights = TrainedWeights.Read(file, invocation.Get(workload));
        using var pool = new WorkerPool(invocation.Get(invocation.Shared.Threads) ?? Environment.ProcessorCount);
        using var executor = pool.CreateExecutor();
        string part = invocation.Get(split) ?? "test";
        var report = new EvaluationReport(file, weights, part, weights.Evaluate(part, invocation.DataFolder(), executor));
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
}
