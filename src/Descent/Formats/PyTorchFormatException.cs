namespace Descent.Formats;

/// <summary>A file that PyTorch wrote, but no state dict, or none in a form that is read.</summary>
/// <param name="message">The end of a sentence about the file.</param>
/// <param name="howToSave">The line of Python that saves what is read; FILE stands for the file's name.</param>
sealed class PyTorchFormatException(string message, string howToSave) : FormatException(message)
{
    public string HowToSave => howToSave;
}
