using System.Globalization;
using System.Reflection;

namespace Descent;

/// <summary>A hyperparameter of an optimizer, of a schedule or of anything else that is a record: a parameter of its constructor.</summary>
public sealed class Hyperparameter
{
    readonly PropertyInfo property;
    readonly ParameterInfo parameter;
    readonly Func<object, object> holder = static record => record;

    internal Hyperparameter(string owner, Type record, ParameterInfo parameter)
    {
        this.parameter = parameter;
        (Owner, Name, Type) = (owner, SnakeCase(parameter.Name!), parameter.ParameterType);
        Range = parameter.GetCustomAttribute<RangeAttribute>();
        TextRule = parameter.GetCustomAttribute<TextRuleAttribute>();
        Searched = parameter.GetCustomAttribute<SearchedAttribute>();
        property = record.GetProperty(parameter.Name!) ?? throw Fault("is not a property of the record");
        Default = parameter.DefaultValue is { } value and not DBNull ? value : throw Fault("has no default");
        if (Type == typeof(double) ? Range is null : Type == typeof(string) ? TextRule is null : Type != typeof(bool))
        {
            throw Fault("must be a bool, a double with a range, or a string with a rule");
        }
    }

    /// <summary>The same hyperparameter as that of a record which holds the other.</summary>
    /// <param name="holder">From the outer record to the inner one.</param>
    internal Hyperparameter(string owner, string name, Hyperparameter inner, Func<object, object> holder)
    {
        (Owner, Name, Type, Range, TextRule, Default) = (owner, name, inner.Type, inner.Range, inner.TextRule, inner.Default);
        (property, parameter, Searched) = (inner.property, inner.parameter, inner.Searched);
        this.holder = record => inner.holder(holder(record));
    }

    /// <summary>The record's name in its catalog.</summary>
    public string Owner { get; }

    /// <summary>In the form of studies and of the command line, as in <c>learning_rate</c>.</summary>
    public string Name { get; }

    /// <summary>double, bool or string.</summary>
    public Type Type { get; }

    public object Default { get; }

    /// <summary>The range of a number; null for other types.</summary>
    public RangeAttribute? Range { get; }

    /// <summary>What a text may be; null for other types.</summary>
    public TextRuleAttribute? TextRule { get; }

    /// <summary>Where a search looks for it; null where it keeps its default.</summary>
    public SearchedAttribute? Searched { get; }

    /// <summary>What a value must be, for people: <c>positive</c>, <c>[0, 1)</c>, <c>true or false</c>.</summary>
    public string Allowed => (Range?.Rule ?? TextRule?.Rule ?? "be true or false") is var rule && rule.StartsWith("be ", StringComparison.Ordinal)
        ? rule["be ".Length..] : rule.Replace("lie in ", "", StringComparison.Ordinal);

    /// <summary>Its meaning, from the documentation comment of the record.</summary>
    public string Documentation =>
        XmlDocumentation.Of(property.DeclaringType!.Assembly).Type(property.DeclaringType).Parameter(parameter.Name!);

    /// <summary>The value in a record of the type: a double, a bool or a string.</summary>
    public object Value(object record) => property.GetValue(holder(record))!;

    /// <summary>What sets a number in one record, without an allocation at each call. For a copy that nobody else holds: records are values.</summary>
    internal Action<double> Setter(object record) => property.SetMethod?.CreateDelegate<Action<double>>(holder(record))
        ?? throw new BadInputException($"{Owner}: {Name} cannot be scheduled, because its property has no setter.");

    /// <summary>A value as text that gives the same value when it is read again: the shortest such number (<c>0.001</c>, <c>1e-08</c>),
    /// true or false, or the text that it is.</summary>
    public static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
        bool truth => truth ? "true" : "false",
        string text => text,
        _ => throw new ArgumentException($"A hyperparameter is a double, a bool or a string, got {value.GetType().Name}."),
    };

    /// <summary>Makes a value of this hyperparameter from a number, a truth value or a text.</summary>
    /// <exception cref="BadInputException">It is of another type, or not allowed.</exception>
    public object Convert(object given)
    {
        if (TextRule is { } rule)
        {
            string text = given as string ?? Quote(given);
            return rule.Canonical(text) ?? throw new BadInputException(rule.Message(Owner, Name, text));
        }

        object? value = Type == typeof(bool) ? Truth(given) : Number(given);
        if (value is null)
        {
            string kind = Type == typeof(bool) ? "true or false" : "a number";
            throw new BadInputException($"{Owner}: {Name} must be {kind}, got {Quote(given)}.");
        }

        Check(value);
        return value;
    }

    internal void Check(object value)
    {
        if (value is double number && !Range!.Contains(number))
        {
            throw new BadInputException(Range.Message(Owner, Name, number));
        }

        if (value is string text && TextRule!.Canonical(text) is null)
        {
            throw new BadInputException(TextRule.Message(Owner, Name, text));
        }
    }

    static object? Truth(object given) => given switch
    {
        bool truth => truth,
        string text when bool.TryParse(text, out bool truth) => truth,
        _ => null,
    };

    static object? Number(object given) => given switch
    {
        double or float or decimal or int or long => System.Convert.ToDouble(given, CultureInfo.InvariantCulture),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
        _ => null,
    };

    static string Quote(object given) => given switch
    {
        string text => $"\"{text}\"",
        bool truth => Text(truth),
        _ => string.Create(CultureInfo.InvariantCulture, $"{given}"),
    };

    static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();

    InvalidOperationException Fault(string what) => new($"{Owner}: the constructor's parameter {parameter.Name} {what}.");
}
