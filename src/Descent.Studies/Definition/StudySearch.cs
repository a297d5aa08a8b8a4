namespace Descent.Studies.Definition;

/// <summary>How many settings of each optimizer are drawn from the space that its values span, and how.</summary>
/// <param name="Place">Where the study says so.</param>
/// <param name="Method">random, halton or sobol.</param>
/// <param name="Trials">Settings an optimizer: the same number for each, so that their budgets are equal.</param>
/// <param name="Seed">The study's split seed.</param>
sealed record StudySearch(Place Place, string Method, int Trials, ulong Seed)
{
    public const string Key = "search";

    const string Grid = "grid", Form = "search: { method: halton, trials: 16 }";

    // A space that gives so few new points is exhausted.
    const int MostDrawsPerTrial = 100;

    static readonly string[] methods = [SearchPoints.Halton, SearchPoints.Sobol, SearchPoints.Random, Grid];

    /// <summary>Null for a grid, which is what lists and ranges with points make by themselves.</summary>
    /// <exception cref="BadInputException">There is no such method, or the number of trials is missing.</exception>
    public static StudySearch? Read(YamlNode? node, ulong seed)
    {
        if (node is null)
        {
            return null;
        }

        var mapping = node as YamlMapping ?? new YamlMapping(node.Place, [new("method", node.Place, node)]);
        mapping.RequireKnown("search", ["method", "trials"]);
        string method = mapping["method"]?.Text("search: method") ?? methods[0];
        if (!methods.Contains(method))
        {
            throw mapping["method"]!.Place.Mistake($"There is no search \"{method}\".{NearestName.Hint(method, methods)}");
        }

        if (method == Grid)
        {
            return mapping["trials"] is { } extra ? throw extra.Place.Mistake("a grid has as many trials as its lists make, so it takes no number of trials.") : null;
        }

        long trials = mapping["trials"]?.Whole("search: trials", 1) ?? throw node.Place.Mistake($"search needs a number of trials for each optimizer, as in {Form}.");
        return trials <= StudyDefinition.MostTrials ? new(node.Place, method, (int)trials, seed)
            : throw mapping["trials"]!.Wrong("search: trials", $"be at most {StudyDefinition.MostTrials}");
    }

    /// <summary>The values of each setting, in the dimensions' order; no setting comes twice.</summary>
    /// <param name="optimizer">For messages.</param>
    /// <exception cref="BadInputException">The space has too many dimensions, or fewer points than trials.</exception>
    public IReadOnlyList<YamlNode[]> Draw(IReadOnlyList<SearchDimension> dimensions, string optimizer)
    {
        var drawn = dimensions.Where(dimension => !dimension.IsFixed).ToList();
        if (drawn.Count > SearchPoints.MostDimensions(Method))
        {
            throw Place.Mistake($"{optimizer}: {Method} searches at most {SearchPoints.MostDimensions(Method)} values at once, here are {drawn.Count}; random searches any number.");
        }

        var settings = new List<YamlNode[]>();
        var seen = new HashSet<string>();
        for (int point = 0; settings.Count < Trials; point++)
        {
            if (point == MostDrawsPerTrial * Trials)
            {
                throw Place.Mistake($"{optimizer}: search asks for {Trials} different settings, but the values make only {settings.Count}.");
            }

            YamlNode[] values = [.. dimensions.Select(x => x.At(x.IsFixed ? 0 : SearchPoints.At(Method, Seed, point, drawn.IndexOf(x))))];
            if (seen.Add(string.Join('\n', values.Select(YamlWriting.Text))))
            {
                settings.Add(values);
            }
        }

        return settings;
    }
}
