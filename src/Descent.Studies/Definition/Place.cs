namespace Descent.Studies.Definition;

/// <summary>Where the user wrote something: a line of a study file, or a flag of the command.</summary>
/// <param name="Source">The file as the user named it, or the flag, e.g. <c>--set epochs=3</c>.</param>
/// <param name="Line">The line, the first being 1; null outside a file.</param>
public readonly record struct Place(string Source, long? Line = null)
{
    /// <summary>A mistake at this place: <c>study.yaml, line 12: </c> and the sentence.</summary>
    public BadInputException Mistake(string sentence, Exception? inner = null) =>
        inner is null ? new($"{this}: {sentence}") : new($"{this}: {sentence}", inner);

    /// <summary>Says the place of a mistake that something else finds.</summary>
    public TResult Do<TResult>(Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (BadInputException exception)
        {
            throw Mistake(exception.Message, exception);
        }
    }

    public override string ToString() => Line is { } line ? $"{Source}, line {line}" : Source;
}
