using System.CommandLine;
using Descent.App.Live;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Plans;
using Descent.App.Results;
using Descent.Studies.Definition;
using Descent.Studies.Protocols;
using Descent.Studies.Running;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Runs what is missing of a study.</summary>
sealed class RunCommand : AppCommand
{
    readonly Argument<string> study = new("study")
    {
        HelpName = "preset or file",
        Description = "A preset (see: descent list presets, protocols), or a study file (study.yaml).",
    };

    readonly StudyOptions options = new();

    public RunCommand(Surroundings surroundings)
        : base(surroundings, "run", "Run what is missing of a study, trials side by side on all cores, and report.",
            new Example("descent run quickstart", "Six optimizers on handwritten digits, three seeds each."),
            new Example("descent run mnist-optimizers --set epochs=3 --seeds 0,1", "A preset with other values."),
            new Example("descent run update-rules --quick", "The same question on less data, in about a minute."),
            new Example("descent run quickstart --set optimizer.learning_rate=0.01 --dry-run", "The plan alone."),
            new Example("descent run batch-size-effect --max-time 30m --memory 4GB", "Half an hour of it; the same command goes on."),
            new Example("descent run study.yaml --json", "One object a finished trial, then a summary."))
    {
        Add(study);
        foreach (var option in options.All(surroundings.Shared))
        {
            Add(option);
        }
    }

    protected override int Run(Invocation invocation)
    {
        var terminal = invocation.Terminal;
        var (folder, optimizers) = (invocation.DataFolder(), invocation.Optimizers());
        var form = invocation.Get(options.Quick) ? StudyForm.Quick : StudyForm.Full;
        if (ProtocolFile.Find(StudyArgument(invocation), optimizers, form) is { } protocol)
        {
            return RunProtocol(invocation, protocol, new(folder, terminal.Time, optimizers));
        }

        var definition = StudyFile.Load(StudyArgument(invocation), StudyOptions.Overrides(invocation), optimizers, form).Beside(folder);
        var trainings = new WorkloadTrainings(folder, terminal.Time, optimizers);
        return invocation.Get(options.DryRun) ? Plan(invocation, definition, trainings) : Run(invocation, definition, trainings);
    }

    int RunProtocol(Invocation invocation, ProtocolDefinition protocol, WorkloadTrainings trainings) =>
        StudyOptions.Overrides(invocation) is [var given, ..]
            ? throw new BadInputException($"{protocol.Name} is a protocol, whose studies are fixed: {given.Source} cannot change it. descent describe {protocol.Name} prints a file to copy.")
            : invocation.Get(options.DryRun) ? Plan(invocation, protocol, trainings)
            : new ProtocolRun(invocation, study => Run(invocation, study, trainings)).Run(protocol);

    int Plan(Invocation invocation, ProtocolDefinition protocol, WorkloadTrainings trainings)
    {
        var page = ProtocolPlanPage.Of(protocol, trainings, options.RunOptions(invocation), invocation.StorePath(), invocation.Terminal.Time);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, page.ToJson());
        }
        else
        {
            page.Write(invocation.Terminal);
        }

        return ExitCode.Success;
    }

    int Run(Invocation invocation, StudyDefinition definition, WorkloadTrainings trainings)
    {
        var terminal = invocation.Terminal;
        // Before the store is made: a mistake in the data leaves nothing behind.
        var trials = definition.Expand();
        trainings.Check(trials[0].Settings);
        using var store = SqliteStudyStore.OpenOrCreate(invocation.StorePath(), terminal.Time);
        var runner = new StudyRunner(new(store, CheckpointFolder.Beside(store.Location), trainings, terminal.Time,
            options.RunOptions(invocation)));
        var progress = new RunProgress(terminal.Time);
        using var stop = new RunStop(invocation.Get(invocation.Shared.MaxTime), terminal.Time, invocation.Cancellation);
        var report = new StudyRunReport(invocation, store, definition, progress, stop, ReportPath(invocation, store.Location, definition.Name));
        report.Begin();
        var summary = invocation.IsLive ? RunLive(() => runner.Run(definition, progress, stop.Token)) : RunPlain(() => runner.Run(definition, progress, stop.Token));
        report.End(summary);
        return CodeOf(summary);

        RunSummary RunLive(Func<RunSummary> run)
        {
            var view = new StudyView(definition.Name, trials, terminal);
            return LiveRegion.Run(terminal, () => view.Draw(progress.Snapshot(), stop.Notice), say =>
            {
                report.TellMishaps(say);
                return run();
            });
        }

        RunSummary RunPlain(Func<RunSummary> run)
        {
            using var notice = stop.Token.Register(() => terminal.Error.WriteLine(stop.Notice));
            using var log = invocation.IsJson || invocation.IsQuiet ? null : new StudyLog(progress, terminal);
            return run();
        }
    }

    internal static int CodeOf(RunSummary summary) =>
        summary.IsCancelled ? ExitCode.Cancelled : summary.Failed > 0 ? ExitCode.Failure : ExitCode.Success;

    string? ReportPath(Invocation invocation, string store, string name) => invocation.Get(options.NoReport) ? null
        : invocation.Get(options.Report) is { } file ? invocation.Terminal.FullPath(file) : ReportFile.DefaultPath(store, name);

    int Plan(Invocation invocation, StudyDefinition definition, WorkloadTrainings trainings)
    {
        var page = PlanPage.Of(store => StudyPlan.Of(definition, trainings, store, options.RunOptions(invocation)),
            invocation.StorePath(), trainings, invocation.Terminal.Time);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, page.ToJson());
        }
        else
        {
            page.Write(invocation.Terminal);
        }

        return ExitCode.Success;
    }

    /// <summary>A file is looked for from the working folder.</summary>
    string StudyArgument(Invocation invocation)
    {
        string given = invocation.Get(study)!, path = invocation.Terminal.FullPath(given);
        return File.Exists(path) ? Path.GetRelativePath(Environment.CurrentDirectory, path) : given;
    }
}
