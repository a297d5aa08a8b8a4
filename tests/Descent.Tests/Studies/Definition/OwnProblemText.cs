using Descent.Studies.Definition;
using Descent.Workloads.Own;

namespace Descent.Tests.Studies.Definition;

/// <summary>Users' own problems for tests.</summary>
static class OwnProblemText
{
    /// <summary>Layers from how each stands in a file.</summary>
    public static IReadOnlyList<LayerSpec> Layers(params IEnumerable<string> layers) =>
        LayerReader.Read(YamlText.Read($"[ {string.Join(", ", layers.Select(layer => layer.Contains(':') && !layer.StartsWith('[') ? $"{{ {layer} }}" : layer))} ]", "study.yaml"), "layers");

    /// <summary>The digits as a table with the columns p0 to p63 and digit.</summary>
    public static void WriteDigits(string path)
    {
        var digits = Descent.Data.DataCatalog.Find("digits").Load(new("unused")).Train;
        File.WriteAllLines(path,
        [
            string.Join(',', [.. Enumerable.Range(0, 64).Select(i => $"p{i}"), "digit"]),
            .. Enumerable.Range(0, digits.Count).Select(i => string.Join(',', [.. digits.Image(i).ToArray(), digits.Labels[i]])),
        ]);
    }

    /// <summary>A study of the digits as a user's own problem that is the same as on the workload <c>digits-mlp</c>.</summary>
    public const string DigitsStudy = """
        name: own-digits
        workload:
          data: digits.csv
          label: digit
          test: 360
          normalization: digits
          layers: [ linear: 64, relu, linear: 10 ]
        epochs: 2
        seeds: [0]
        optimizers:
          - adam
        """;
}
