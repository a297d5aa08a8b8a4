namespace Descent;

/// <summary>A mistake in what the user gave: a file, a name, a value. Its message is one sentence for the user; the command exits with 2.</summary>
/// <remarks>Messages quote names out of files that may be damaged or hostile: control characters are shown as <c>\u000a</c>, so that a message stays one line and
/// moves no terminal's cursor.</remarks>
public sealed class BadInputException : Exception
{
    public BadInputException() { }

    public BadInputException(string message) : base(Visible(message)) { }

    public BadInputException(string message, Exception innerException) : base(Visible(message), innerException) { }

    /// <summary>A sentence with a list below it, a line each.</summary>
    public BadInputException(string message, IEnumerable<string> lines, Exception innerException)
        : base(string.Join('\n', lines.Prepend(message).Select(Visible)), innerException) { }

    static string Visible(string message) => message.Any(char.IsControl)
        ? string.Concat(message.Select(character => char.IsControl(character) ? $"\\u{(int)character:x4}" : character.ToString()))
        : message;
}
