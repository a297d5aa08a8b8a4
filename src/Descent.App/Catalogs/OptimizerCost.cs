using System.Globalization;

namespace Descent.App.Catalogs;

/// <summary>What a step of a rule with its defaults was measured to cost, on the machine that <see cref="OptimizerCosts.Machine"/> names.</summary>
/// <param name="Parameters">1.1m: 1,147,466; 2.2m: 2,175,626; 11m: 11,173,962, of ResNet-18 with a small stem.</param>
/// <param name="Workload">Whose parameters they are.</param>
/// <param name="Nanoseconds">A parameter.</param>
/// <param name="GigabytesPerSecond">Of what must be read and written: parameter, gradient and states.</param>
/// <param name="OfACopy">The time as a multiple of a copy that moves as many bytes.</param>
/// <param name="FurtherGradients">That the rule asks for at a step beside the one that every rule gets; a product with the Hessian counts as two. The other numbers,
/// but the share, are without them.</param>
/// <param name="OfPyTorch">PyTorch's time as a multiple of it; null where PyTorch 1.13 has not the rule.</param>
/// <param name="ShareOfStep">Of a training step of the workload with batches of its own size.</param>
sealed record OptimizerCost(string Parameters, string Workload, int Threads, double Nanoseconds, double GigabytesPerSecond, double OfACopy, double FurtherGradients,
    double? OfPyTorch, double ShareOfStep);

/// <summary>The measured costs, which the build carries as a table that bench/costs.py writes.</summary>
static class OptimizerCosts
{
    static readonly Dictionary<string, (string Workload, double Parameters)> networks = new()
    {
        ["1.1m"] = ("cifar10-simple-cnn", 1_147_466),
        ["2.2m"] = ("cifar10-cnn", 2_175_626),
        ["11m"] = ("cifar10-resnet18", 11_173_962),
    };

    static readonly Lazy<IReadOnlyList<string[]>> rows = new(Read);

    /// <summary>Where and when.</summary>
    public static string Machine => Facts("machine").Single()[1];

    /// <summary>Empty for a rule that was not measured.</summary>
    public static IReadOnlyList<OptimizerCost> Of(string rule) => [.. rows.Value.Where(row => row[0] == rule).Select(Cost)];

    static OptimizerCost Cost(string[] row)
    {
        string size = row[1], threads = row[2];
        double nanoseconds = Number(row[3]), further = FurtherGradients(row[0]);
        return new(size, networks[size].Workload, int.Parse(threads, CultureInfo.InvariantCulture), nanoseconds, Number(row[4]), Number(row[5]), further,
            row[6] == "-" ? null : Number(row[6]), Share(size, threads, nanoseconds, further));
    }

    /// <summary>Of a step, which was measured with Adam and has this rule, with the gradients that it asks for, in its place.</summary>
    static double Share(string size, string threads, double nanoseconds, double further)
    {
        var (workload, parameters) = networks[size];
        double step = Number(Facts("step").Single(row => row[1] == workload && row[2] == threads)[3]);
        double adam = Number(rows.Value.Single(row => row[0] == "adam" && row[1] == size && row[2] == threads)[3]);
        double others = step - (1e-6 * adam * parameters), rule = (1e-6 * nanoseconds * parameters) + (further * others);
        return rule / (others + rule);
    }

    static double FurtherGradients(string rule) => Facts("further").FirstOrDefault(row => row[1] == rule) is { } row ? Number(row[2]) : 0;

    static IEnumerable<string[]> Facts(string name) => rows.Value.Where(row => row[0] == $"# {name}");

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    static IReadOnlyList<string[]> Read()
    {
        using var stream = typeof(OptimizerCosts).Assembly.GetManifestResourceStream("optimizer-costs.tsv")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
    }
}
