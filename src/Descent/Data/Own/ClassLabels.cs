using System.Globalization;

namespace Descent.Data.Own;

/// <summary>The classes that a user's labels name.</summary>
static class ClassLabels
{
    /// <summary>Numbers by their size, else texts letter by letter.</summary>
    public static string[] InOrder(IEnumerable<string> values)
    {
        string[] distinct = [.. values.Distinct()];
        return distinct.All(value => double.TryParse(value, CultureInfo.InvariantCulture, out _))
            ? [.. distinct.OrderBy(value => double.Parse(value, CultureInfo.InvariantCulture)).ThenBy(value => value, StringComparer.Ordinal)]
            : [.. distinct.Order(StringComparer.Ordinal)];
    }

    /// <exception cref="BadInputException">There are too many to be classes, or only one.</exception>
    public static void RequireReasonable(string place, int count)
    {
        if (count is < 2 or > LabeledImages.MostClasses)
        {
            throw new BadInputException($"{place} has {(count < 2 ? "one label" : $"more than {LabeledImages.MostClasses} labels")}; classes are 2 to {LabeledImages.MostClasses}"
                + (count < 2 ? "." : ". Where a number is to be told and not a class: loss: squared_error."));
        }
    }

    /// <exception cref="BadInputException">There is no such class.</exception>
    public static byte Find(string place, string[] classes, string label)
    {
        int found = Array.IndexOf(classes, label);
        return found >= 0 ? (byte)found : throw new BadInputException($"{place} has the label \"{label}\", which the data to train on have not.");
    }
}
