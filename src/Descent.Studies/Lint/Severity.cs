namespace Descent.Studies.Lint;

/// <summary>How much a confound harms.</summary>
public enum Severity
{
    /// <summary>The comparison may mislead in a way that its intervals do not show.</summary>
    Warning,

    /// <summary>The comparison does not answer its question.</summary>
    Error,
}
