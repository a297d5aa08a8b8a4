using System.CommandLine;
using Descent.App.Catalogs;
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
            new Example("descent describe digits", "Origin, licence and sizes of the data set that ships with Descent."))
    {
        Add(name);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        string given = invocation.Get(name)!, text = WorkloadReader.IsFile(given) ? invocation.Terminal.FullPath(given) : given;
        var catalogs = new AllCatalogs(invocation.DataFolder, invocation.Optimizers).Knowing(text);
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
