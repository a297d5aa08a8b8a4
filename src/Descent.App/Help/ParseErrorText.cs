using System.CommandLine;
using System.CommandLine.Parsing;
using Descent.App.Commands;

namespace Descent.App.Help;

/// <summary>Says in one sentence why a command line could not be read, with the nearest name and where to look.</summary>
static class ParseErrorText
{
    public static string Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string name = HelpText.FullName(command), look = $"See: {name} --help";
        if (parsed.UnmatchedTokens is [var token, ..])
        {
            return token.StartsWith('-') ? UnknownOption(command, token, look)
                : command.Subcommands.Count > 0
                    ? $"{name} has no command \"{token}\".{Nearest(token, command.Subcommands.Select(sub => sub.Name))} {look}"
                    : $"{name} does not know what to do with \"{token}\". {look}";
        }

        var error = parsed.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Tokens: [] } option => $"{name}: {option.Option.Name} needs a value. {look}",
            OptionResult { Tokens: [_, _, ..], Option.Arity.MaximumNumberOfValues: 1 } option =>
                $"{name}: {option.Option.Name} may be given once. {look}",
            ArgumentResult { Tokens: [] } argument => MissingArgument(command, argument.Argument, look),
            CommandResult { Command: { Subcommands: [_, ..] } } => $"{name} needs a command. {look}",
            CommandResult { Command: { Arguments: [var first, ..] } } => MissingArgument(command, first, look),
            _ => error.Message,
        };
    }

    static string MissingArgument(Command command, Argument argument, string look) =>
        $"{HelpText.FullName(command)} needs {HelpText.Placeholder(argument)}. {Example(command)}{look}";

    static string Example(Command command) => command is AppCommand { Examples: [var example, ..] } ? $"For example: {example.Line}. " : "";

    static string UnknownOption(Command command, string token, string look)
    {
        string option = token.Split('=', ':')[0];
        var known = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options).Where(x => x.Recursive));
        return $"{HelpText.FullName(command)} has no option \"{option}\".{Nearest(option, known.Select(x => x.Name))} {look}";
    }

    static string Nearest(string given, IEnumerable<string> known) =>
        NearestName.Find(given, known) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";
}
