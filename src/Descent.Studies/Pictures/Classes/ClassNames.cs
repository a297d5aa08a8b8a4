using System.Globalization;

namespace Descent.Studies.Pictures.Classes;

/// <summary>How pictures call classes.</summary>
static class ClassNames
{
    /// <summary>By the names of the data set, else by their numbers.</summary>
    public static IReadOnlyList<string> Of(PictureStudy study, int count) => study.Classes.Count == count && study.Classes.Distinct().Count() == count
        ? study.Classes : [.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
