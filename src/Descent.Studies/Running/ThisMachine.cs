using System.Reflection;
using System.Runtime.InteropServices;
using Descent.Studies.Storage;
using Descent.Tensors.Kernels;
using Descent.Training;

namespace Descent.Studies.Running;

/// <summary>Where this process runs, and by which code.</summary>
public static class ThisMachine
{
    static readonly Assembly core = typeof(TrainingRun).Assembly;

    public static TrialEnvironment Environment { get; } = new(
        System.Environment.MachineName, Processor(), RuntimeInformation.OSDescription, System.Environment.ProcessorCount, VectorWidth.Bits,
        RuntimeInformation.FrameworkDescription, Version(), core.ManifestModule.ModuleVersionId.ToString("N"));

    static string Version() => core.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    static string Processor()
    {
        const string CpuInfo = "/proc/cpuinfo", Key = "model name";
        string? line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(x => x.StartsWith(Key, StringComparison.Ordinal)) : null;
        string? name = line?.Split(':', 2)[^1].Trim() ?? System.Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return string.IsNullOrEmpty(name) ? RuntimeInformation.ProcessArchitecture.ToString() : name;
    }
}
