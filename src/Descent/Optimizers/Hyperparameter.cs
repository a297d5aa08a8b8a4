using System.Globalization;
using System.Reflection;

namespace Descent.Optimizers;

/// <summary>A hyperparameter of a rule: a parameter of its record's constructor.</summary>
public sealed class Hyperparameter
{
    readonly PropertyInfo property;
    readonly ParameterInfo parameter;

    internal Hyperparameter(string owner, Type record, ParameterInfo parameter)
    {
        this.parameter = parameter;
        (Owner, Name, Type) = (owner, SnakeCase(parameter.Name!), parameter.ParameterType);
        Range = parameter.GetCustomAttribute<RangeAttribute>();
        property = record.GetProperty(parameter.Name!) ?? throw Fault("is not a property of the record");
        Default = parameter.DefaultValue is { } value and not DBNull ? value : throw Fault("has no default");
        if (Type == typeof(double) ? Range is null : Type != typeof(bool))
        {
            throw Fault("must be a bool, or a double with a range");
        }
    }

    /// <summary>The rule's name in the catalog.</summary>
    public string Owner { get; }

    /// <summary>In the form of studies and of the command line, as in <c>learning_rate</c>.</summary>
    public string Name { get; }

    /// <summary>double or bool.</summary>
    public Type Type { get; }

    public object Default { get; }

    /// <summary>The range of a number; null for a truth value.</summary>
    public RangeAttribute? Range { get; }

    /// <summary>Its meaning, from the documentation comment of the rule.</summary>
    public string Documentation =>
        XmlDocumentation.Of(property.DeclaringType!.Assembly).Type(property.DeclaringType).Parameter(parameter.Name!);

    /// <summary>The value in an optimizer, a double or a bool.</summary>
    public object Value(IOptimizer optimizer) => property.GetValue(optimizer)!;

    /// <summary>A value as text that gives the same value when it is read again: the shortest such number (<c>0.001</c>, <c>1e-08</c>),
    /// true or false.</summary>
    public static string Text(object value) => value switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
        bool truth => truth ? "true" : "false",
        _ => throw new ArgumentException($"A hyperparameter is a double or a bool, got {value.GetType().Name}."),
    };

    /// <summary>Makes a value of this hyperparameter from a number, a truth value or the text of either.</summary>
    /// <exception cref="BadInputException">It is neither, or out of range.</exception>
    internal object Convert(object given)
    {
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
