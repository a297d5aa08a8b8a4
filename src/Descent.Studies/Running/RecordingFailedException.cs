namespace Descent.Studies.Running;

/// <summary>Results cannot be stored: no fault of the trial, and no trial can go on. The sentence for the user is the inner
/// exception's.</summary>
sealed class RecordingFailedException : Exception
{
    public RecordingFailedException(BadInputException sentence) : base(sentence.Message, sentence) => Sentence = sentence;

    public BadInputException Sentence { get; }

    /// <summary>Does something with the store or with checkpoints.</summary>
    public static TResult Guard<TResult>(Func<TResult> action)
    {
        try
        {
            return action();
        }
        catch (BadInputException exception)
        {
            throw new RecordingFailedException(exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RecordingFailedException(new BadInputException(
                $"A checkpoint cannot be written ({exception.Message.TrimEnd('.')}); what was recorded until now is kept: "
                + "run the same command again.", exception));
        }
    }

    public static void Guard(Action action) => _ = Guard(() =>
    {
        action();
        return 0;
    });
}
