using System.CommandLine;
using Descent.App.Options;
using Descent.App.Output;
using Descent.Data;
using Descent.Optimizers;
using Descent.Studies.Definition;

namespace Descent.App.Commands;

/// <summary>One call of a command: what the user gave, where to write, and when to stop.</summary>
sealed record Invocation(ParseResult Parsed, SharedOptions Shared, Terminal Terminal, CancellationToken Cancellation)
{
    /// <summary>Output for machines alone.</summary>
    public bool IsJson => Get(Shared.Json);

    /// <summary>No progress: results, warnings and errors alone.</summary>
    public bool IsQuiet => Get(Shared.Quiet);

    /// <summary>Progress may be painted.</summary>
    public bool IsLive => Terminal.CanPaint && !IsJson && !IsQuiet;

    public T? Get<T>(Option<T> option) => Parsed.GetValue(option);

    public T? Get<T>(Argument<T> argument) => Parsed.GetValue(argument);

    /// <summary>The rules that come with Descent, and those of the assemblies that the user adds.</summary>
    /// <exception cref="BadInputException">An assembly cannot be added; the message says why.</exception>
    public OptimizerCatalog Optimizers() => (Get(Shared.Assembly) ?? []).Aggregate(OptimizerCatalog.Default, (catalog, file) =>
        new Place($"--assembly {file}").Do(() => catalog.With(OptimizerAssembly.Load(Terminal.FullPath(file)))));

    /// <summary>Where data sets lie.</summary>
    public DataFolder DataFolder() =>
        Data.DataFolder.Resolve(Get(Shared.DataFolder) is { } folder ? Terminal.FullPath(folder) : null, Terminal.Variable);

    /// <summary>The store of studies.</summary>
    public string StorePath() => Terminal.FullPath(Get(Shared.Store) ?? Path.Combine(".descent", "studies.db"));

    /// <summary>The file that an option names, from the working folder; null where the option is not given.</summary>
    /// <param name="option">The option.</param>
    /// <param name="extensions">One of which it must have.</param>
    /// <exception cref="BadInputException">It has another extension, or its folder does not exist: better known before than after the work.</exception>
    public string? OutputFile(Option<string?> option, params IReadOnlyList<string> extensions)
    {
        string? path = Get(option) is { } given ? Terminal.FullPath(given) : null;
        if (path is not null && !extensions.Contains(Path.GetExtension(path)))
        {
            throw new BadInputException($"{option.Name} {path}: the file must end in {string.Join(" or ", extensions)}.");
        }

        return path is null || Directory.Exists(Path.GetDirectoryName(path)) ? path
            : throw new BadInputException($"{option.Name} {path}: the folder {Path.GetDirectoryName(path)} does not exist.");
    }

    /// <summary>Says what was done, to people alone.</summary>
    public void Say(string sentence)
    {
        if (!IsJson && !IsQuiet)
        {
            Terminal.Out.WriteLine(sentence);
        }
    }
}
