using Descent.Workloads.Own;

namespace Descent.Studies.Definition;

/// <summary>Reads a net's layers: <c>relu</c>, <c>linear: 64</c>, <c>conv: { filters: 32, kernel: 5 }</c>, <c>residual: [ … ]</c>.</summary>
static class LayerReader
{
    const string Form = "(- linear: 64)";

    public static IReadOnlyList<LayerSpec> Read(YamlNode node, string key) => node is YamlList list && list.Items.Count > 0
        ? [.. list.Items.Select(ReadLayer)] : throw node.Wrong(key, $"be a list of layers {Form}");

    static LayerSpec ReadLayer(YamlNode node)
    {
        if (node is YamlScalar { IsNull: false } bare)
        {
            return node.Place.Do(() => bare.Text == LayerKind.Residual ? throw new BadInputException("residual needs its layers, as in residual: [ conv: 64, batch_norm ].")
                : LayerKind.Find(bare.Text).Spec(new Dictionary<string, string>()));
        }

        if (node is not YamlMapping { Entries: [var entry] })
        {
            throw node.Place.Mistake($"a layer is its name, or its name with values {Form}, got {node.Described}.");
        }

        if (entry.Key == LayerKind.Residual)
        {
            return ReadBlock(entry.Value);
        }

        var kind = entry.Place.Do(() => LayerKind.Find(entry.Key));
        var values = Values(kind, entry.Value);
        return entry.Place.Do(() => kind.Spec(values));
    }

    static Dictionary<string, string> Values(LayerKind kind, YamlNode node)
    {
        if (node is YamlMapping mapping)
        {
            return mapping.Entries.ToDictionary(x => x.Key, x => x.Value.Text($"{kind.Name}: {x.Key}"));
        }

        return node is YamlScalar { IsNull: true } ? []
            : kind.Parameters.Count > 0 ? new() { [kind.Parameters[0].Name] = node.Text(kind.Name) }
            : throw node.Place.Mistake($"{kind.Name} takes no value, got {node.Described}.");
    }

    static LayerSpec ReadBlock(YamlNode node)
    {
        if (node is YamlList)
        {
            return new(LayerKind.Residual, []) { Body = Read(node, LayerKind.Residual) };
        }

        var mapping = node.Keys(LayerKind.Residual);
        mapping.RequireKnown(LayerKind.Residual, ["layers", "shortcut"]);
        return new(LayerKind.Residual, [])
        {
            Body = Read(mapping["layers"] ?? throw mapping.Place.Mistake("residual needs its layers, as in residual: { layers: [ … ] }."), "residual: layers"),
            Shortcut = mapping["shortcut"] is { } shortcut ? Read(shortcut, "residual: shortcut") : [],
        };
    }
}
