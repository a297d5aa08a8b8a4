using System.CommandLine;
using Descent.App.Catalogs;
using Descent.App.Options;
using Descent.App.Output;
using Descent.Studies.Definition;

namespace Descent.App.Commands;

/// <summary>Prints all that is known of a named thing.</summary>
sealed class DescribeCommand : AppCommand
{
    readonly Argument<string> name = new("name") { Description = "A name out of descent list." };

    public DescribeCommand(Surroundings surroundings)
        : base(surroundings, "describe", "All that is known of an optimizer, schedule, workload, preset, data set, initialization or problem.",
            new Example("descent describe adamw",
                "Formula, source, hyperparameters with ranges and defaults, state, differences from the source."),
            new Example("descent describe cosine", "Formula, source and curve of a schedule."),
            new Example("descent describe mnist-mlp", "Layers, parameters with names and shapes, FLOPs an image."),
            new Example("descent describe cifar10-resnet18 --set model.image_size=224", "The same with an option of the model."),
            new Example("descent describe digits", "Origin, licence and sizes of the data set that ships with Descent."))
    {
        Add(name);
        Add(surroundings.Shared.Set);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        string given = invocation.Get(name)!, text = WorkloadReader.IsFile(given) ? invocation.Terminal.FullPath(given) : given;
        var options = ModelOptions.BesideRules(invocation);
        if (ModelOptions.Others(invocation) is [var other, ..])
        {
            throw new BadInputException($"--set {other}: describe takes options of the model alone, as in model.hidden=[100].");
        }

        var catalogs = new AllCatalogs(invocation.DataFolder, invocation.Optimizers) { ModelOptions = options }.Knowing(text);
        if (options.Count > 0 && !catalogs.Any(catalog => catalog.Kind == "workloads"))
        {
            throw new BadInputException($"--set model.{options.Keys.First()}: options of a model are for workloads, and {given} is none. See: descent list workloads");
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, catalogs[0].ToJson(text));
            return ExitCode.Success;
        }

        foreach (var catalog in catalogs)
        {
            catalog.Describe(text, invocation.Terminal);
        }

        return ExitCode.Success;
    }
}
