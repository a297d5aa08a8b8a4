using System.Diagnostics;
using System.Globalization;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Workloads;

namespace Descent.Benchmarks.Optimizers;

/// <summary>One step of every rule, with defaults, over the parameters of three networks, beside a copy that moves the same bytes; without the gradients
/// that a rule asks for itself. One JSON line each, for bench/compare.py.</summary>
static class OptimizerTable
{
    /// <summary>1,147,466, 2,175,626 and 11,173,962 parameters.</summary>
    static readonly (string Size, string Workload)[] networks =
        [("1.1m", "cifar10-simple-cnn"), ("2.2m", "cifar10-cnn"), ("11m", "cifar10-resnet18-small-stem")];

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

    public static IEnumerable<(string Name, IOptimizer Optimizer)> Rules => OptimizerCatalog.Default.Optimizers
        .Select(rule => (rule.Name, Optimizer: rule.Create(new Dictionary<string, object>()))).Concat(variants).OrderBy(x => x.Name, StringComparer.Ordinal);

    /// <param name="pattern">Only rules whose name has this part, all where empty; or names with commas between them and at the end.</param>
    /// <param name="sizeOnly">1.1m, 2.2m or 11m, or several with commas between them; all where empty.</param>
    public static void Run(int threads, double seconds, string pattern, string sizeOnly)
    {
        string[] names = pattern.Split(',');
        foreach (var (name, optimizer) in Rules.Where(x => names.Length > 1 ? names.Contains(x.Name) : x.Name.Contains(pattern, StringComparison.Ordinal)))
        {
            // A hundred pairs over eleven million parameters take 9 GB.
            foreach (var (size, workload) in networks.Where(x => (sizeOnly.Length == 0 || sizeOnly.Split(',').Contains(x.Size)) && !(name == "lbfgs" && x.Size == "11m")))
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
        Warm(run, optimizer is Lbfgs lbfgs ? (int)Math.Ceiling(lbfgs.HistorySize / lbfgs.MaxIterations) + 1 : 0);
        var (step, floor) = Period(optimizer) is > 0 and var period
            ? (OfPeriods(run, source, period, seconds), Timing.Measure(() => executor.Run(copy), seconds))
            : Timing.MeasureInTurns(() => run.Step(), () => executor.Run(copy), seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $$"""{"name": "{{name}}", "threads": {{threads}}, "parameters": {{parameters.Count}}, "bytes": {{bytes}}, "best_seconds": {{step.BestSeconds:R}}, "median_seconds": {{step.MedianSeconds:R}}, "copy_best_seconds": {{copies * floor.BestSeconds:R}}, "copy_median_seconds": {{copies * floor.MedianSeconds:R}}}"""));
    }

    /// <summary>Steps after which the work of a step is the same again, for rules that take gradients themselves or have rare work; 0 for the others.</summary>
    static int Period(IOptimizer optimizer) => optimizer switch
    {
        Soap soap => (int)soap.Interval,
        SophiaH sophia => (int)sophia.Interval,
        Lookahead lookahead => (int)lookahead.K,
        Shampoo or Lbfgs or Sam or Asam or AdaHessian => 1,
        _ => 0,
    };

    /// <summary>Until the compiler has made its best of the code: after thirty calls, a tenth of a second later.</summary>
    /// <param name="least">Steps in which whatever is remembered has been filled.</param>
    static void Warm(OptimizerRun<float> run, int least)
    {
        Start(run);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < least || clock.Elapsed.TotalSeconds < (i < 40 ? 1 : 0.3); i++)
        {
            run.Step(loss: 1);
        }
    }

    /// <summary>A step's mean over a period, without the gradients that it asks for.</summary>
    static Timing OfPeriods(OptimizerRun<float> run, GivenGradients source, int period, double seconds)
    {
        var times = new List<double>();
        var total = Stopwatch.StartNew();
        while (times.Count < 3 || total.Elapsed.TotalSeconds < seconds)
        {
            Start(run);
            var before = source.Elapsed;
            var clock = Stopwatch.StartNew();
            for (int i = 0; i < period; i++)
            {
                run.Step(loss: 1);
            }

            times.Add((clock.Elapsed - (source.Elapsed - before)).TotalSeconds / period);
        }

        times.Sort();
        return new(times[0], times[times.Count / 2]);
    }

    static void Start(OptimizerRun<float> run)
    {
        var stream = new RandomStream(0, StreamPurpose.Initialization, 0);
        foreach (ref float p in run.Parameters.Values.Span)
        {
            p = (float)stream.NextNormal();
        }
    }
}
