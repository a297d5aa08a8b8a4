using System.CommandLine;
using System.CommandLine.Invocation;
using Descent.App.Output;

namespace Descent.App.Help;

/// <summary>Writes the version for <c>--version</c>.</summary>
sealed class VersionText(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out.WriteLine(ProgramVersion.Number);
        return ExitCode.Success;
    }
}
