using System.CommandLine;
using System.CommandLine.Invocation;
using Descent.App.Commands;
using Descent.App.Output;

namespace Descent.App.Help;

/// <summary>Writes the help of a command: what it does, how it is called, its arguments and options, and examples.</summary>
sealed class HelpText(Terminal terminal, IReadOnlyList<CommandGroup> groups) : SynchronousCommandLineAction
{
    const int Indent = 2, Gap = 2, WidestTerm = 34, WidestText = 120;

    readonly TextWriter writer = terminal.Out;
    readonly int width = Math.Min(terminal.Width, WidestText);

    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command);
        return ExitCode.Success;
    }

    void Write(Command command)
    {
        WriteWrapped(command.Description ?? "", 0);
        writer.WriteLine();
        writer.WriteLine($"Usage: {Usage(command)}");
        if (command is RootCommand)
        {
            int column = Column(groups.SelectMany(group => group.Commands).Select(Term));
            foreach (var group in groups)
            {
                WriteTerms(group.Title, group.Commands.Select(Term), column);
            }
        }
        else
        {
            WriteTerms("Commands", command.Subcommands.Select(Term));
        }

        WriteTerms("Arguments", command.Arguments.Select(argument => (Placeholder(argument), argument.Description ?? "")));
        WriteTerms("Options", Options(command).Select(option => (Signature(option), option.Description ?? "")));
        WriteExamples(command);
    }

    void WriteExamples(Command command)
    {
        var examples = command switch
        {
            RootCommand => CommandTree.FirstSteps,
            AppCommand own => own.Examples,
            _ => command.Subcommands.OfType<AppCommand>().Select(sub => sub.Examples[0]),
        };
        writer.WriteLine();
        writer.WriteLine(command is RootCommand ? "First steps:" : "Examples:");
        foreach (var example in examples)
        {
            writer.WriteLine($"{"",Indent}{example.Line}");
            WriteWrapped(example.Does, Indent + 4);
        }

        if (command.Subcommands.Count > 0)
        {
            writer.WriteLine();
            writer.WriteLine($"More: {FullName(command)} <command> --help");
        }
    }

    /// <summary>Where the texts of these terms begin.</summary>
    int Column(IEnumerable<(string Term, string Text)> terms) =>
        Indent + Math.Min(Math.Min(WidestTerm, width / 2), terms.Select(row => row.Term.Length).DefaultIfEmpty().Max()) + Gap;

    void WriteTerms(string title, IEnumerable<(string Term, string Text)> terms, int? column = null)
    {
        var rows = terms.ToList();
        if (rows.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine($"{title}:");
        foreach (var (term, text) in rows)
        {
            WriteTerm(term, text, column ?? Column(rows));
        }
    }

    void WriteTerm(string term, string text, int column)
    {
        writer.Write($"{"",Indent}{term}");
        bool isTooWide = Indent + term.Length + Gap > column;
        if (isTooWide)
        {
            writer.WriteLine();
        }

        writer.Write(new string(' ', isTooWide ? column : column - Indent - term.Length));
        WriteRest(text, column);
    }

    void WriteWrapped(string text, int indent)
    {
        writer.Write(new string(' ', indent));
        WriteRest(text, indent);
    }

    /// <summary>Writes a text from the column where the writer stands; further lines begin there too.</summary>
    void WriteRest(string text, int indent)
    {
        int column = indent;
        foreach (string word in text.Split(' '))
        {
            if (column > indent && column + 1 + word.Length > width)
            {
                writer.WriteLine();
                writer.Write(new string(' ', indent));
                column = indent;
            }
            else if (column > indent)
            {
                writer.Write(' ');
                column++;
            }

            writer.Write(word);
            column += word.Length;
        }

        writer.WriteLine();
    }

    static (string Term, string Text) Term(Command command) =>
        (string.Join(' ', command.Arguments.Select(Placeholder).Prepend(command.Name)), command.Description ?? "");

    static string Usage(Command command) => string.Join(' ', command.Arguments.Select(Placeholder)
        .Prepend(command.Subcommands.Count > 0 ? "<command>" : null).Prepend(FullName(command)).Append("[options]").OfType<string>());

    /// <summary>As in <c>descent data get</c>.</summary>
    public static string FullName(Command command) =>
        command is RootCommand ? CommandTree.ProgramName : $"{FullName(command.Parents.OfType<Command>().First())} {command.Name}";

    public static string Placeholder(Argument argument)
    {
        string name = argument.HelpName ?? argument.Name;
        string more = argument.Arity.MaximumNumberOfValues > 1 ? "…" : "";
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]{more}" : $"<{name}>{more}";
    }

    static string Signature(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(alias => alias.Length == 2 && alias[0] == '-' && char.IsLetter(alias[1]))
            .Append(option.Name));
        return option.HelpName is { } value ? $"{names} <{value}>" : names;
    }

    static IEnumerable<Option> Options(Command command)
    {
        var inherited = command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(option => option.Recursive);
        return command.Options.Concat(inherited).Where(option => !option.Hidden);
    }
}
