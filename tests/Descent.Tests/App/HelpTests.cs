using System.CommandLine;
using Descent.App.Commands;
using Descent.App.Help;

namespace Descent.Tests.App;

public class HelpTests
{
    public static TheoryData<string> Commands => [.. All(Root()).Select(HelpText.FullName)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryCommandHasADescriptionAndAnExample(string name)
    {
        string[] words = [.. name.Split(' ')[1..], "--help"];
        var outcome = new DescentCommand(".").Run(words).MustSucceed();
        Assert.EndsWith(".", outcome.Lines[0]);
        Assert.Contains($"Usage: {name}", outcome.Output);
        Assert.Contains($"\n  {name}", outcome.Output[outcome.Output.IndexOf("Examples:", StringComparison.Ordinal)..]);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryOptionAndArgumentIsDescribed(string name)
    {
        var command = All(Root()).Single(x => HelpText.FullName(x) == name);
        Assert.All(command.Options, option => Assert.EndsWith(".", option.Description));
        Assert.All(command.Arguments, argument => Assert.EndsWith(".", argument.Description));
    }

    /// <summary>An example that the parser refuses helps nobody.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public void EveryExampleCanBeParsed(string name)
    {
        var root = Root();
        var command = All(root).Single(x => HelpText.FullName(x) == name);
        Assert.All(command is AppCommand own ? own.Examples : CommandTree.FirstSteps, example =>
        {
            var parsed = root.Parse(example.Line["descent ".Length..].Split('|', '>')[0]);
            Assert.Empty(parsed.Errors);
            Assert.StartsWith(command is AppCommand ? name : "descent", HelpText.FullName(parsed.CommandResult.Command));
        });
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public void HelpKeepsToTheWidth(int width)
    {
        var outcome = new DescentCommand(".") { Width = width }.Run("--help").MustSucceed();
        Assert.All(outcome.Lines.Where(line => line.StartsWith("      ", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= width, line));
        Assert.Equal(outcome, new DescentCommand(".") { Width = width }.Run());
    }

    [Fact]
    public void VersionIsANumber() => Assert.True(Version.TryParse(new DescentCommand(".").Run("--version").MustSucceed().Output, out _));

    static RootCommand Root() => CommandTree.Create(
        new()
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            WorkingFolder = ".",
            Variable = _ => null,
        },
        TestContext.Current.CancellationToken);

    static IEnumerable<Command> All(Command command) =>
        command.Subcommands.SelectMany(All).Concat(command is RootCommand ? [] : [command]);
}
