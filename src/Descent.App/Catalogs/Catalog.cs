using Descent.App.Output;

namespace Descent.App.Catalogs;

/// <summary>One kind of things that Descent knows by name.</summary>
abstract class Catalog
{
    /// <summary>The word that <c>list</c> takes: <c>optimizers</c>.</summary>
    public abstract string Kind { get; }

    public abstract IEnumerable<string> Names { get; }

    /// <summary>Whether the catalog can describe what has this name, listed or not.</summary>
    public virtual bool Knows(string name) => Names.Contains(name);

    /// <summary>Prints all of them as a table.</summary>
    public abstract void List(Terminal terminal);

    /// <summary>Prints all that is known of one.</summary>
    public abstract void Describe(string name, Terminal terminal);

    /// <summary>What <c>describe --json</c> prints of one; an element of what <c>list --json</c> prints.</summary>
    public abstract object ToJson(string name);
}
