namespace Descent.App.Options;

/// <summary>One <c>--set key=value</c>.</summary>
/// <param name="Owner">What stands before the key's last dot, as in <c>adam.learning_rate</c>; empty for a bare key.</param>
readonly record struct SetValue(string Owner, string Key, string Value)
{
    /// <exception cref="BadInputException">It is not of the form key=value.</exception>
    public static SetValue Parse(string text)
    {
        if (text.IndexOf('=') is not (> 0 and var sign))
        {
            throw new BadInputException($"--set {text}: the form is key=value, as in learning_rate=0.1.");
        }

        string key = text[..sign].Trim();
        int dot = key.LastIndexOf('.');
        return new(key[..Math.Max(dot, 0)], key[(dot + 1)..], text[(sign + 1)..].Trim());
    }
}
