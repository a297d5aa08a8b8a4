using Descent.App.Commands;

namespace Descent.App.Options;

/// <summary>What <c>--set</c> says of the model, in commands that look at a trained one.</summary>
static class ModelOptions
{
    /// <param name="command">Its name.</param>
    /// <exception cref="BadInputException">It says something else.</exception>
    public static Dictionary<string, string> Of(Invocation invocation, string command)
    {
        var options = new Dictionary<string, string>();
        foreach (string text in invocation.Get(invocation.Shared.Set) ?? [])
        {
            var (owner, key, value) = SetValue.Parse(text);
            options[key] = owner == "model" ? value
                : throw new BadInputException($"--set {text}: {command} takes options of the model alone, as in model.hidden=[100].");
        }

        return options;
    }
}
