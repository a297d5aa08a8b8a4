using System.CommandLine;

namespace Descent.App.Commands;

/// <summary>A command of the program. Its description ends in a full stop and says what the command does; its examples work as they
/// stand.</summary>
abstract class AppCommand : Command
{
    protected AppCommand(Surroundings surroundings, string name, string description, params IReadOnlyList<Example> examples)
        : base(name, description)
    {
        Examples = examples;
        SetAction(parsed => Run(new(parsed, surroundings.Shared, surroundings.Terminal, surroundings.Cancellation)));
    }

    public IReadOnlyList<Example> Examples { get; }

    /// <returns>The exit code.</returns>
    /// <exception cref="BadInputException">The user made a mistake.</exception>
    protected abstract int Run(Invocation invocation);
}
