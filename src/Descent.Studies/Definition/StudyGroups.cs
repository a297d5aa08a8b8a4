using System.Globalization;
using Descent.Models;
using Descent.Optimizers;
using Descent.Studies.Statistics;

namespace Descent.Studies.Definition;

/// <summary>Parameters with hyperparameters of their own, as a study says it: <c>groups: [ { is: [bias, normalization], weight_decay: 0 } ]</c>. A group is matched by what a
/// parameter <c>is</c>, by <c>ranks</c> and by <c>names</c>; all that is given must hold, and where several groups match one parameter, the later ones win. In canonical form
/// each group's match with its values, as in <c>is=bias,normalization</c> and <c>weight_decay=0</c>.</summary>
public static class StudyGroups
{
    public const string Key = "groups";

    const string None = "none", Is = "is", Ranks = "ranks", Names = "names", Form = "[ { is: bias, weight_decay: 0 } ]";
    const char Blank = ' ', Comma = ',', Sign = '=';

    static readonly string[] matches = [Is, Ranks, Names];

    /// <summary>The groups of an optimizer; none where nothing stands.</summary>
    /// <exception cref="BadInputException">A word is not known, the rule has no such hyperparameter, or a value is not allowed.</exception>
    internal static IReadOnlyList<Setting> Read(YamlNode? node, OptimizerDescription rule)
    {
        if (node is null or YamlScalar { Text: None })
        {
            return [];
        }

        var list = node as YamlList ?? throw node.Wrong(Key, $"be a list of groups {Form}");
        Setting[] groups = [.. list.Items.Select(item => ReadGroup(item, rule))];
        return groups.Select(group => group.Name).Distinct().Count() == groups.Length ? groups
            : throw node.Place.Mistake("groups: two match the same parameters; put their values together.");
    }

    /// <summary>The groups of canonical values.</summary>
    public static IReadOnlyList<ParameterGroup> Create(IReadOnlyList<Setting> groups) => [.. groups.Select(group =>
    {
        var match = Parts(group.Name);
        return new ParameterGroup(new()
        {
            Is = match.GetValueOrDefault(Is)?.Split(Comma) ?? [],
            Ranks = [.. (match.GetValueOrDefault(Ranks)?.Split(Comma) ?? []).Select(rank => int.Parse(rank, CultureInfo.InvariantCulture))],
            Names = match.GetValueOrDefault(Names)?.Split(Comma) ?? [],
        }, Parts(group.Value).ToDictionary(x => x.Key, x => (object)x.Value));
    })];

    /// <summary>For people: <c>is=bias: weight_decay=0</c>; <c>none</c> for none.</summary>
    public static string Short(IReadOnlyList<Setting> groups) => groups.Count == 0 ? None : string.Join("; ", groups.Select(group => $"{group.Name}: {group.Value}"));

    /// <exception cref="BadInputException">A group matches no parameter of the model.</exception>
    internal static void RequireMatches(IReadOnlyList<Setting> groups, Model model)
    {
        var made = Create(groups);
        for (int i = 0; i < made.Count; i++)
        {
            if (!model.Parameters.Any(made[i].Match.Holds))
            {
                throw new BadInputException($"groups: {groups[i].Name} matches no parameter of the model; it has {string.Join(", ", model.Parameters.Take(4).Select(x => x.Name))}, ….");
            }
        }
    }

    /// <summary>As it stands in a file.</summary>
    internal static string ToYaml(IReadOnlyList<Setting> groups) => $"[ {string.Join(", ", groups.Select(group =>
        $"{{ {string.Join(", ", Parts(group.Name).Select(x => $"{x.Key}: [{string.Join(", ", x.Value.Split(Comma).Select(Quoted))}]").Concat(Parts(group.Value).Select(x => $"{x.Key}: {x.Value}")))} }}"))} ]";

    static Setting ReadGroup(YamlNode node, OptimizerDescription rule)
    {
        var group = node as YamlMapping ?? throw node.Wrong(Key, $"be a list of groups {Form}");
        string match = string.Join(Blank, matches.Where(key => group[key] is not null).Select(key => $"{key}{Sign}{string.Join(Comma, Words(group[key]!, key))}"));
        string values = string.Join(Blank, group.Entries.Where(entry => !matches.Contains(entry.Key)).Select(entry => $"{entry.Key}{Sign}{Value(entry, rule)}"));
        return match.Length > 0 && values.Length > 0 ? new(match, values)
            : throw node.Place.Mistake($"a group says which parameters (is, ranks or names) and what they have of their own, as in groups: {Form}.");
    }

    static IEnumerable<string> Words(YamlNode node, string key) => node.Items().Select(item => key switch
    {
        Is => Known(item),
        Ranks => item.Whole($"{Key}: {key}", 1).ToString(CultureInfo.InvariantCulture),
        _ => item.Text($"{Key}: {key}") is var name && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '*') ? name
            : throw item.Wrong($"{Key}: {key}", "be names of parameters, * standing for any letters"),
    });

    static string Known(YamlNode node) => node.Text($"{Key}: {Is}") is var word && ParameterMatch.Words.Contains(word) ? word
        : throw node.Place.Mistake($"A parameter is not \"{word}\".{NearestName.Hint(word, ParameterMatch.Words)}");

    static string Value(YamlEntry entry, OptimizerDescription rule)
    {
        var hyperparameter = entry.Place.Do(() => rule.Hyperparameter(entry.Key));
        return hyperparameter.Type != typeof(string) ? Hyperparameter.Text(HyperparameterReader.Read(hyperparameter, entry.Value))
            : throw entry.Place.Mistake($"groups have numbers and switches of their own; {entry.Key} is a text.");
    }

    static Dictionary<string, string> Parts(string text) => text.Split(Blank).Select(part => part.Split(Sign, 2)).ToDictionary(part => part[0], part => part[1]);

    static string Quoted(string word) => word.Contains('*') ? $"\"{word}\"" : word;
}
