using System.Runtime.InteropServices;
using Descent.App.Output;
using Descent.Tensors.Kernels;

namespace Descent.App.Commands;

/// <summary>Says what was built and what it runs on.</summary>
sealed class InfoCommand : AppCommand
{
    public InfoCommand(Surroundings surroundings)
        : base(surroundings, "info", "Version, commit, runtime, cores, vector width, data folder and store.",
            new Example("descent info", "What a report of a fault should begin with."),
            new Example("descent info --json", "The same as one object."))
    {
    }

    protected override int Run(Invocation invocation)
    {
        var info = new Info(ProgramVersion.Number, ProgramVersion.Commit, RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription, RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
            Environment.ProcessorCount, VectorWidth.Bits);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, info);
        }

        return ExitCode.Success;
    }

    sealed record Info(string Version, string? Commit, string Runtime, string OperatingSystem, string Architecture, int Cores, int VectorBits);
}
