using System.Globalization;
using BenchmarkDotNet.Running;
using Descent.Benchmarks;
using Descent.Benchmarks.Data;
using Descent.Benchmarks.Kernels;
using Descent.Benchmarks.Optimizers;
using Descent.Benchmarks.Steps;
using Descent.Benchmarks.Studies;
using Descent.Optimizers;

// Without BenchmarkDotNet: one line of JSON that bench/compare.py sets against PyTorch's. With it: statistics of single kernels.
const string Usage = """
    usage: Descent.Benchmarks NAME [THREADS] [SECONDS]
      mlp, cnn, simple-cnn, resnet18                   a training step; with -evaluation, -exact; one JSON line, for bench/compare.py
      mlp-whole, cnn-whole, ...                        the training loop's step
      adam-2.2m, adam-11m, copy-2.2m, copy-11m         a step of Adam alone; copies of as many bytes as it moves
      optimizers [THREADS] [SECONDS] [PART OF A NAME] [SIZE]  a JSON line for every rule and size, beside copies of the same bytes
      optimizers names                                 the names that it measures
      profile NET [THREADS]                            the time of each piece of work of a step
      products, convolutions, convolutions-exact       kernels against the FMA peak
      images                                           poolings, normalization and dropout beside a copy of the same bytes
      orthogonalizations                               Muon's, of ResNet-18's weights, against the FMA peak
      store FILE                                       reading and writing a store of 1000 trials and 10 million points, which is made where it is missing
      batches                                          batches filled from images, on one core
      dotnet [BenchmarkDotNet's arguments]             BenchmarkDotNet over ops on images and rules
    """;

if (args is ["profile", var profiled, ..] && StepCase.Find(profiled) is { } profiledStep)
{
    StepProfile.Run(profiledStep, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
    return 0;
}

if (args is ["store", var store])
{
    LargeStore.Run(store);
    return 0;
}

if (args is ["dotnet", .. var rest])
{
    _ = BenchmarkSwitcher.FromAssembly(typeof(Timing).Assembly).Run(rest);
    return 0;
}

if (args is ["optimizers", "names"])
{
    Console.WriteLine(string.Join('\n', OptimizerTable.Rules.Select(rule => rule.Name)));
    return 0;
}

int threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
double seconds = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 2;
Timing? timing = args.FirstOrDefault() switch
{
    "adam-2.2m" => OptimizerSteps.Measure(new Adam(), OptimizerSteps.SmallCnn, threads, seconds),
    "adam-11m" => OptimizerSteps.Measure(new Adam(), OptimizerSteps.ResNet18, threads, seconds),
    "copy-2.2m" => OptimizerSteps.MeasureCopy(7L * sizeof(float) * 2_175_626, threads, seconds),
    "copy-11m" => OptimizerSteps.MeasureCopy(7L * sizeof(float) * 11_173_962, threads, seconds),
    { } name when StepCase.Find(name) is { } step => TrainingSteps.Measure(step, threads, seconds),
    _ => null,
};
if (timing is { } measured)
{
    long peak = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $$"""{"name": "{{args[0]}}", "best_seconds": {{measured.BestSeconds:R}}, "median_seconds": {{measured.MedianSeconds:R}}, "peak_bytes": {{peak}}}"""));
    return 0;
}

switch (args.FirstOrDefault())
{
    case "optimizers":
        OptimizerTable.Run(threads, seconds, args.Length > 3 ? args[3] : "", args.Length > 4 ? args[4] : "");
        return 0;
    case "products":
        MatrixProducts.Run(threads);
        return 0;
    case "convolutions" or "convolutions-exact":
        Convolutions.Run(threads, seconds / 4, args[0] == "convolutions-exact");
        return 0;
    case "images":
        ImagePasses.Run(threads, seconds / 4);
        return 0;
    case "orthogonalizations":
        Orthogonalizations.Run(threads);
        return 0;
    case "batches":
        ImageBatches.Run();
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
