using System.CommandLine;
using Descent.App.Commands;
using Descent.App.Help;
using Descent.App.Output;

namespace Descent.App;

/// <summary>The whole program: from arguments to an exit code.</summary>
static class CommandLine
{
    static readonly ParserConfiguration Parser = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    /// <summary>Runs one command. Mistakes of the user become one sentence on the error output; nothing is thrown.</summary>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellation)
    {
        bool isVerbose = arguments.Contains("--verbose");
        try
        {
            var root = CommandTree.Create(terminal, cancellation);
            var parsed = root.Parse(arguments, Parser);
            if (parsed.Errors.Count > 0 && parsed.Action is System.CommandLine.Invocation.ParseErrorAction)
            {
                terminal.Error.WriteLine(ParseErrorText.Of(parsed));
                return ExitCode.BadInput;
            }

            return parsed.Invoke(new() { EnableDefaultExceptionHandler = false, Output = terminal.Out, Error = terminal.Error });
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            terminal.Error.WriteLine("Cancelled.");
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (exception is BadInputException or IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine(isVerbose ? exception : exception.Message);
            return ExitCode.BadInput;
        }
        catch (Exception exception)
        {
            terminal.Error.WriteLine(isVerbose
                ? exception
                : $"Descent failed, which is a fault of its own: {exception.Message} Add --verbose to see where.");
            return ExitCode.Failure;
        }
    }
}
