namespace Descent.Studies.Definition;

/// <summary>Reads the value of a hyperparameter where it stands in a study.</summary>
static class HyperparameterReader
{
    /// <returns>A double, a bool or a text.</returns>
    /// <exception cref="BadInputException">It is of another type, or not allowed.</exception>
    public static object Read(Hyperparameter hyperparameter, YamlNode node)
    {
        string name = $"{hyperparameter.Owner}: {hyperparameter.Name}";
        object given = hyperparameter.Type == typeof(bool)
            ? YamlValue.TryFlag(node, out bool flag) ? flag : throw node.Wrong(name, "be true or false")
            : hyperparameter.Type == typeof(double) ? node.Number(name) : Text(node, name);
        return node.Place.Do(() => hyperparameter.Convert(given));
    }

    static string Text(YamlNode node, string name) => node is YamlList list
        ? $"[{string.Join(", ", list.Items.Select(item => item.Text(name)))}]" : node.Text(name);
}
