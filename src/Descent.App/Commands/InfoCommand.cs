using System.Runtime.InteropServices;
using Descent.App.Output;
using Descent.Studies.Running;

namespace Descent.App.Commands;

/// <summary>Says what was built and what it runs on.</summary>
sealed class InfoCommand : AppCommand
{
    public InfoCommand(Surroundings surroundings)
        : base(surroundings, "info", "Version, commit, runtime, cores, vector width, data folder and store.",
            new Example("descent info", "What a report of a fault should begin with."),
            new Example("descent info --json", "The same as one object."))
    {
        Add(surroundings.Shared.DataFolder);
        Add(surroundings.Shared.Store);
    }

    protected override int Run(Invocation invocation)
    {
        var here = ThisMachine.Environment;
        var info = new Info(ProgramVersion.Number, ProgramVersion.Commit, here.Build, here.Runtime, here.System,
            RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(), here.Processor, here.Cores, here.VectorBits,
            Folder(invocation), invocation.StorePath());
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, info);
            return ExitCode.Success;
        }

        new FactSheet()
            .Add("Descent", info.Version)
            .Add("Commit", info.Commit ?? "unknown: built outside a repository")
            .Add("Build", info.Build)
            .Add("Runtime", $"{info.Runtime} on {info.Architecture}")
            .Add("System", info.OperatingSystem)
            .Add("Processor", $"{info.Processor}, {info.Cores} {(info.Cores == 1 ? "core" : "cores")}, {info.VectorBits}-bit vectors")
            .Add("Data", info.DataFolder is { } folder ? $"{folder}{(Directory.Exists(folder) ? "" : " (not there yet)")}"
                : "no folder known; set DESCENT_DATA")
            .Add("Store", $"{info.Store}{(File.Exists(info.Store) ? "" : " (not there yet)")}")
            .Write(invocation.Terminal);
        return ExitCode.Success;
    }

    static string? Folder(Invocation invocation)
    {
        try
        {
            return invocation.DataFolder().Path;
        }
        catch (BadInputException)
        {
            // Whoever reports a fault must not meet another one here.
            return null;
        }
    }

    /// <param name="Build">Tells two builds of one commit with changes apart.</param>
    /// <param name="VectorBits">Width of the vectors that the kernels use.</param>
    /// <param name="DataFolder">Where data sets are looked for; null where no folder is known.</param>
    /// <param name="Store">Where studies are stored.</param>
    sealed record Info(string Version, string? Commit, string Build, string Runtime, string OperatingSystem, string Architecture,
        string Processor, int Cores, int VectorBits, string? DataFolder, string Store);
}
