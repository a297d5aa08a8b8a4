namespace Descent.Autodiff;

/// <summary>Marks a method of the tape as an op. A test demands a row of the op catalog for every op.</summary>
/// <param name="name">The op's name in messages and in the catalog of ops.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
