using System.Reflection;

namespace Descent.App;

/// <summary>The version that this program was built as.</summary>
static class ProgramVersion
{
    static readonly string[] Parts =
        (typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0")
        .Split('+', 2);

    /// <summary>As in <c>0.1.0</c>.</summary>
    public static string Number => Parts[0];

    /// <summary>The hash of the commit; null where it was built outside a repository.</summary>
    public static string? Commit => Parts.Length > 1 ? Parts[1] : null;
}
