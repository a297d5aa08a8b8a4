using System.CommandLine;

namespace Descent.App.Help;

/// <summary>Commands that stand together in the help.</summary>
sealed record CommandGroup(string Title, IReadOnlyList<Command> Commands);
