namespace Descent.App.Commands;

/// <summary>A command line that works as it stands, and what it does.</summary>
sealed record Example(string Line, string Does);
