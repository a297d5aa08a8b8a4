namespace Descent;

/// <summary>A mistake in what the user gave: a file, a name, a value. Its message is one sentence for the user; the command exits with 2.</summary>
public sealed class BadInputException : Exception
{
    public BadInputException() { }

    public BadInputException(string message) : base(message) { }

    public BadInputException(string message, Exception innerException) : base(message, innerException) { }
}
