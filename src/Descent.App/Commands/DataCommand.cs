using System.CommandLine;
using Descent.App.Catalogs;
using Descent.App.Output;

namespace Descent.App.Commands;

/// <summary>Data sets and published weights: lists, gets and checks them.</summary>
sealed class DataCommand : Command
{
    public DataCommand(Surroundings surroundings)
        : base("data", "Data sets and published weights: list them, get them, check their files.")
    {
        Add(new DataListCommand(surroundings));
        Add(new DataGetCommand(surroundings));
        Add(new DataVerifyCommand(surroundings));
    }
}

/// <summary>The same as <c>list datasets</c>, and published weights.</summary>
sealed class DataListCommand : AppCommand
{
    public DataListCommand(Surroundings surroundings)
        : base(surroundings, "list", "Data sets and published weights, with their sizes and whether their files are here.",
            new Example("descent data list", "All of them."))
    {
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        var sets = new DataSets(invocation.DataFolder);
        var weights = new Weights(invocation.DataFolder);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, (object[])[.. sets.Names.Select(sets.ToJson), .. weights.Names.Select(weights.ToJson)]);
        }
        else
        {
            weights.List(invocation.Terminal);
            invocation.Terminal.Out.WriteLine();
            sets.List(invocation.Terminal);
        }

        return ExitCode.Success;
    }
}
