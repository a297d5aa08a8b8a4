using System.CommandLine;
using System.CommandLine.Help;
using Descent.App.Help;
using Descent.App.Options;
using Descent.App.Output;

namespace Descent.App.Commands;

/// <summary>All commands, in the groups in which the help shows them.</summary>
static class CommandTree
{
    public const string ProgramName = "descent";

    public static IReadOnlyList<Example> FirstSteps { get; } =
    [
        new("descent run quickstart", "Six optimizers on handwritten digits that ship with Descent, in seconds."),
        new("descent train mnist-mlp --optimizer adamw --epochs 3", "One model, live."),
        new("descent list optimizers", "The update rules that there are."),
        new("descent describe adamw", "Its formula, its source, its hyperparameters."),
    ];

    public static RootCommand Create(Terminal terminal, CancellationToken cancellation)
    {
        var surroundings = new Surroundings(new SharedOptions(), terminal, cancellation);
        IReadOnlyList<CommandGroup> groups =
        [
            new("Train", [new RunCommand(surroundings), new TrainCommand(surroundings), new EvaluateCommand(surroundings)]),
            new("Results", [new ShowCommand(surroundings), new CompareCommand(surroundings), new LintCommand(surroundings), new ReportCommand(surroundings), new PlotCommand(surroundings), new ExportCommand(surroundings),
                new DeleteCommand(surroundings)]),
            new("Update rules", [new TrajectoryCommand(surroundings), new DiffCommand(surroundings),
                new NewtonSchulzCommand(surroundings), new StabilityCommand(surroundings), new QuadraticCommand(surroundings)]),
            new("Analyses", [new HessianCommand(surroundings), new LandscapeCommand(surroundings), new GradientsCommand(surroundings),
                new FindLearningRateCommand(surroundings)]),
            new("What there is", [new ListCommand(surroundings), new DescribeCommand(surroundings)]),
            new("Data", [new DataCommand(surroundings)]),
            new("This installation", [new InfoCommand(surroundings)]),
        ];
        var help = new HelpText(terminal, groups);
        var root = new RootCommand("Descent, a laboratory for the optimizers of deep learning: it trains real networks with any optimizer, "
            + "compares optimizers so that the answer can be trusted, and shows why they behave as they do.");
        root.SetAction(parsed => help.Invoke(parsed));
        foreach (var command in groups.SelectMany(group => group.Commands))
        {
            root.Add(command);
        }

        var shared = surroundings.Shared;
        ((HelpOption)root.Options.Single(option => option is HelpOption)).Action = help;
        root.Options.Single(option => option is HelpOption).Description = "Show this help.";
        root.Options.Single(option => option is VersionOption).Description = "Show the version.";
        root.Options.Single(option => option is VersionOption).Action = new VersionText(terminal);
        root.Add(shared.Assembly);
        root.Add(shared.Json);
        root.Add(shared.Quiet);
        root.Add(shared.Verbose);
        return root;
    }
}
