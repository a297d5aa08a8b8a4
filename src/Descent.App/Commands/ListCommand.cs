using System.CommandLine;
using Descent.App.Catalogs;
using Descent.App.Output;

namespace Descent.App.Commands;

/// <summary>Lists one kind of named things.</summary>
sealed class ListCommand : AppCommand
{
    readonly Argument<string> kind = new("kind") { Description = $"One of {string.Join(", ", AllCatalogs.Kinds)}." };

    public ListCommand(Surroundings surroundings)
        : base(surroundings, "list", "What Descent knows by name.",
            new Example("descent list optimizers", "Update rules with their hyperparameters and defaults."),
            new Example("descent list workloads --json", "Workloads with the layers and parameters of their models, as an array."),
            new Example("descent list datasets", "Data sets, with their sizes and whether their files are here."))
    {
        Add(kind);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        var catalog = new AllCatalogs(invocation.DataFolder, invocation.Optimizers).OfKind(invocation.Get(kind)!);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, catalog.Names.Select(catalog.ToJson).ToArray());
        }
        else
        {
            catalog.List(invocation.Terminal);
        }

        return ExitCode.Success;
    }
}
