using System.Diagnostics;
using System.Globalization;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Workloads;

namespace Descent.Benchmarks.Optimizers;

/// <summary>One step of every rule, with defaults, over the parameters of two networks, beside a copy that moves the same bytes; without the gradients
/// that a rule asks for itself. One JSON line each, for bench/compare.py.</summary>
static class OptimizerTable
{
    /// <summary>1,147,466 and 11,173,962 parameters.</summary>
    static readonly (string Size, string Workload)[] networks = [("1.1m", "cifar10-simple-cnn"), ("11m", "cifar10-resnet18-small-stem")];

    const int LargestCopy = 1 << 26;

    /// <summary>Settings that have a path or a number of states of their own.</summary>
    static readonly (string Name, IOptimizer Optimizer)[] variants =
    [
        ("sgd momentum", new Sgd(Momentum: 0.9)),
        ("sgd nesterov", new Sgd(Momentum: 0.9, Nesterov: true)),
        ("rmsprop momentum", new RmsProp(Momentum: 0.9)),
        ("rmsprop centered momentum", new RmsProp(Momentum: 0.9, Centered: true)),
        ("lbfgs history_size=10", new Lbfgs(HistorySize: 10)),
    ];

    /// <param name="pattern">Only rules whose name has this part, all where empty; or names with commas between them and at the end.</param>
    /// <param name="sizeOnly">1.1m or 11m; both where empty.</param>
    public static void Run(int threads, double seconds, string pattern, string sizeOnly)
    {
        string[] names = pattern.Split(',');
        var rules = OptimizerCatalog.Default.Optimizers
            .Select(rule => (rule.Name, Optimizer: rule.Create(new Dictionary<string, object>()))).Concat(variants)
            .Where(x => names.Length > 1 ? names.Contains(x.Name) : x.Name.Contains(pattern, StringComparison.Ordinal)).OrderBy(x => x.Name, StringComparer.Ordinal);
        foreach (var (name, optimizer) in rules)
        {
            // A hundred pairs over eleven million parameters take 9 GB.
            foreach (var (size, workload) in networks.Where(x => (sizeOnly.Length == 0 || x.Size == sizeOnly) && !(name == "lbfgs" && x.Size == "11m")))
            {
                Measure($"{name} {size}", optimizer, WorkloadCatalog.Find(workload).CreateModel().Parameters, threads, seconds);
            }
        }
    }

    static void Measure(string name, IOptimizer optimizer, IReadOnlyList<ParameterInfo> infos, int threads, double seconds)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        using var parameters = new Parameters<float>(infos);
        var stream = new RandomStream(0, StreamPurpose.Noise, 0);
        foreach (ref float g in parameters.Gradients.Span)
        {
            g = (float)stream.NextNormal();
        }

        var source = new GivenGradients(parameters);
        using var run = new OptimizerRun<float>(optimizer, parameters, executor) { GradientSource = source };
        // Parameter, gradient and states are read, all but the gradient written.
        long states = run.States.Sum(state => (long)state.Values.Count), bytes = sizeof(float) * ((3L * parameters.Count) + (2 * states));
        using var arena = new Arena();
        var half = new Shape((int)Math.Min(LargestCopy, bytes / 2 / sizeof(float)));
        double copies = bytes / 2.0 / sizeof(float) / half.Count;
        var copy = Elementwise.Map(arena.Allocate<float>(half), arena.Allocate<float>(half), static (x, y) => x.CopyTo(y));
        var (step, floor) = StepsOfAMean(optimizer) is > 0 and var steps ? (Mean(run, source, steps), Timing.Measure(() => executor.Run(copy), seconds))
            : Timing.MeasureInTurns(() => run.Step(), () => executor.Run(copy), seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name": "{{name}}", "threads": {{threads}}, "parameters": {{parameters.Count}}, "bytes": {{bytes}}, "best_seconds": {{step.BestSeconds:R}}, "median_seconds": {{step.MedianSeconds:R}}, "copy_best_seconds": {{copies * floor.BestSeconds:R}}, "copy_median_seconds": {{copies * floor.MedianSeconds:R}}}"""));
    }

    /// <summary>0 where all steps are alike and short.</summary>
    static int StepsOfAMean(IOptimizer optimizer) => optimizer switch
    {
        Shampoo or Lbfgs => 2,
        Soap or Sam or Asam or AdaHessian => 10,
        SophiaH => 20,
        _ => 0,
    };

    static Timing Mean(OptimizerRun<float> run, GivenGradients source, int steps)
    {
        var stream = new RandomStream(0, StreamPurpose.Initialization, 0);
        foreach (ref float p in run.Parameters.Values.Span)
        {
            p = (float)stream.NextNormal();
        }

        run.Step(loss: source.Evaluate().Loss);
        var before = source.Elapsed;
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < steps; i++)
        {
            run.Step(loss: 1);
        }

        double mean = (clock.Elapsed - (source.Elapsed - before)).TotalSeconds / steps;
        return new(mean, mean);
    }
}
