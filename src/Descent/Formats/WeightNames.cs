namespace Descent.Formats;

/// <summary>Names of weights that were saved from within something: <c>module.</c> of DataParallel, <c>_orig_mod.</c> of torch.compile, <c>model.</c> of a larger module stand before those
/// of the model itself.</summary>
static class WeightNames
{
    // "module._orig_mod.model.backbone." is the longest that is met.
    const int MostParts = 4;

    /// <summary>The arrays without the parts that all their names begin with, where that gives more of the model's names.</summary>
    /// <param name="arrays">The names as a file has them.</param>
    /// <param name="names">Those of the model.</param>
    public static IReadOnlyList<NamedArray> WithoutPrefix(IReadOnlyList<NamedArray> arrays, IReadOnlySet<string> names)
    {
        string prefix = Prefixes(arrays).MaxBy(prefix => arrays.Count(array => names.Contains(array.Name[prefix.Length..]))) ?? "";
        return prefix.Length == 0 ? arrays : [.. arrays.Select(array => array.Named(array.Name[prefix.Length..]))];
    }

    /// <summary>What all names begin with, up to a dot: nothing first, then ever more.</summary>
    static IEnumerable<string> Prefixes(IReadOnlyList<NamedArray> arrays)
    {
        string prefix = "";
        for (int parts = 0; arrays.Count > 0 && parts <= MostParts; parts++)
        {
            yield return prefix;
            int dot = arrays[0].Name.IndexOf('.', prefix.Length);
            prefix = arrays[0].Name[..(dot + 1)];
            if (dot < 0 || !arrays.All(array => array.Name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                yield break;
            }
        }
    }
}
