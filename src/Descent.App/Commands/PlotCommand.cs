using System.CommandLine;
using Descent.App.Options;
using Descent.App.Output;
using Descent.App.Pictures;
using Descent.App.Results;
using Descent.Studies.Charts;
using Descent.Studies.Charts.Svg;
using Descent.Studies.Comparisons;
using Descent.Studies.Pictures;
using Descent.Studies.Pictures.Comparing;
using Descent.Studies.Results;
using Descent.Studies.Statistics;
using Descent.Studies.Storage;

namespace Descent.App.Commands;

/// <summary>Draws a picture of a study.</summary>
sealed class PlotCommand : AppCommand
{
    const string Extremes = "extremes", Deviation = "deviation";

    readonly Argument<string> study = new("study") { Description = "Its name (see: descent show); for images also a workload or data set." };

    readonly Argument<string> picture = new("picture") { Description = "Its name. See: descent list pictures." };

    readonly TrialOptions trials = new();

    readonly Option<string?> band = ParsedOption.Choice("--band",
        "What bands span: smallest to largest seed, or one standard deviation to either side (default: by the number of seeds).", Extremes, Deviation);

    readonly Option<string?> split = ParsedOption.Choice("--split",
        "By which images accuracies are told (default validation where the study sets some apart, else test).", "validation", "test");

    readonly Option<int?> width = ParsedOption.WholeNumber("--width", "Pixels from side to side (default 760).", 240, 10_000);

    public PlotCommand(Surroundings surroundings)
        : base(surroundings, "plot", "A picture of a study as SVG, or as PNG where a converter is installed.",
            new Example("descent plot quickstart training-curves -o curves.svg", "Loss and accuracy, two by two."),
            new Example("descent plot quickstart learning-rate --where optimizer=adam,adamw", "To quickstart-learning-rate.svg, of two optimizers."),
            new Example("descent plot cifar10 images -o images.png", "Images of a data set with their labels."),
            new Example("descent plot quickstart training-curves --group-by optimizer --band deviation", "One line an optimizer, over all of its trials."))
    {
        Add(study);
        Add(picture);
        Add(trials.Where);
        Add(trials.GroupBy);
        Add(band);
        Add(split);
        Add(width);
        Add(surroundings.Shared.Output);
        Add(surroundings.Shared.Store);
        Add(surroundings.Shared.DataFolder);
    }

    protected override int Run(Invocation invocation)
    {
        if (invocation.Get(picture) == ImageGrid.Name)
        {
            string source = invocation.Get(study)!;
            Write(invocation, ImageGrid.Draw(ImageSource.Find(invocation, source)), $"{source}-{ImageGrid.Name}.svg");
            return ExitCode.Success;
        }

        var drawn = PictureCatalog.Find(invocation.Get(picture)!);
        using var store = SqliteStudyStore.Open(invocation.StorePath(), invocation.Terminal.Time);
        if (store.Study(invocation.Get(study)!) is null && StoredProtocol.Studies(store, invocation.Get(study)!).Count > 0)
        {
            Write(invocation, Profiles(store, invocation.Get(study)!, drawn), $"{invocation.Get(study)}-{drawn.Name}.svg");
            return ExitCode.Success;
        }

        var stored = store.Require(invocation.Get(study)!);
        var contents = Contents(invocation, store, stored);
        if (drawn.Missing(contents) is { } missing)
        {
            throw new BadInputException(missing);
        }

        Write(invocation, drawn.Draw(contents), $"{stored.Name}-{drawn.Name}.svg");
        return ExitCode.Success;
    }

    static Figure Profiles(SqliteStudyStore store, string protocol, IPicture drawn) => drawn.Name == ProfileFigure.Picture
        ? ProfileFigure.Of(StoredProtocol.Compare(store, protocol, ComparisonRequest.UsualDelta))
        : throw new BadInputException($"{protocol} is a protocol, of which there is one picture, profiles; its studies have all: {StoredProtocol.Studies(store, protocol)[0].Name}.");

    PictureStudy Contents(Invocation invocation, SqliteStudyStore store, StoredStudy stored)
    {
        var chosen = trials.Choose(invocation, StoredResults.Trials(store, stored));
        return new PictureStudy(stored.Name, chosen, trials.Keys(invocation))
        {
            Target = StoredResults.Target(stored),
            HeldOut = HeldOutOf(invocation, chosen),
            Band = invocation.Get(band) switch
            {
                Extremes => SeedBand.Extremes,
                Deviation => SeedBand.Deviation,
                _ => null,
            },
            Classes = StoredResults.Classes(stored),
            Checkpoints = StoredResults.Checkpoints(stored),
        };
    }

    HeldOut HeldOutOf(Invocation invocation, IReadOnlyList<TrialResult> chosen) => invocation.Get(split) switch
    {
        "test" => HeldOut.Test,
        "validation" when HeldOut.Of(chosen) != HeldOut.Validation => throw new BadInputException(
            "--split validation: the study sets no images apart for validation; one that does says validation: 5000."),
        _ => HeldOut.Of(chosen),
    };

    void Write(Invocation invocation, Figure figure, string defaultName)
    {
        string path = invocation.Terminal.FullPath(invocation.Get(invocation.Shared.Output) ?? defaultName);
        var options = new SvgOptions { Width = invocation.Get(width) ?? new SvgOptions().Width };
        PictureFile.Write(figure, path, options, invocation.Terminal.Variable);
        if (invocation.IsJson)
        {
            Json.WriteLine(invocation.Terminal.Out, new Entry(invocation.Get(study)!, invocation.Get(picture)!, path));
        }
        else
        {
            invocation.Terminal.Out.WriteLine(path);
        }
    }

    sealed record Entry(string Study, string Picture, string File);
}
