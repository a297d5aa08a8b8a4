using System.CommandLine;
using Descent.App.Downloads;
using Descent.App.Live;
using Descent.App.Output;
using Descent.Data;

namespace Descent.App.Commands;

/// <summary>Downloads what is missing of a data set or of published weights.</summary>
sealed class DataGetCommand : AppCommand
{
    readonly Argument<string> name = new("name") { Description = "A data set or published weights. See: descent data list." };

    public DataGetCommand(Surroundings surroundings)
        : base(surroundings, "get", "Download the missing files of a data set or of published weights, and check them.",
            new Example("descent data get mnist", "MNIST, 11.6 MB. A download that was stopped goes on where it was."),
            new Example("descent data get resnet18-imagenet", "Weights of a trained ResNet-18, 46.8 MB."),
            new Example("descent data get mnist --data-folder /data", "To another place."))
    {
        Add(name);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        var set = PublicationCatalog.Find(invocation.Get(name)!);
        var folder = invocation.DataFolder();
        using var client = Downloader.CreateClient();
        var download = new PublicationDownload(new Downloader(client, invocation.Terminal.Time));
        var progress = new DownloadView(set, invocation.Terminal.Time);
        bool isLive = invocation.IsLive && !set.IsBuiltIn;
        var results = isLive
            ? LiveRegion.Run(invocation.Terminal, () => progress.Draw(invocation.Terminal.Width), Get)
            : Get();
        Report(invocation, set, folder, results);
        return ExitCode.Success;

        IReadOnlyList<DataFileResult> Get() => download.Get(set, folder, progress, invocation.Cancellation).GetAwaiter().GetResult();
    }

    static void Report(Invocation invocation, IPublication set, DataFolder folder, IReadOnlyList<DataFileResult> results)
    {
        var (output, error) = (invocation.Terminal.Out, invocation.Terminal.Error);
        foreach (var result in results.Where(x => x.Outcome == DataFileOutcome.KeptDifferent))
        {
            error.WriteLine($"Warning: {result.Path} has other values than the published file, and was left as it is.");
        }

        if (invocation.IsJson)
        {
            Json.WriteLine(output, new Summary(set.Name, folder.Path, [.. results.Select(x => new Entry(x.File.Path, x.Path, x.Outcome))]));
            return;
        }

        foreach (var result in results.Where(x => x.Outcome != DataFileOutcome.KeptDifferent))
        {
            output.WriteLine(result.Outcome == DataFileOutcome.Downloaded
                ? $"{result.Path}: downloaded, {Format.Bytes(result.File.Bytes)}, as published."
                : $"{result.Path}: here already, as published.");
        }

        output.WriteLine(set.IsBuiltIn ? $"{set.Title} ships with Descent: nothing to get." : $"{set.Title} is ready.");
    }

    sealed record Summary(string Name, string DataFolder, Entry[] Files);

    sealed record Entry(string File, string Path, DataFileOutcome Outcome);
}
