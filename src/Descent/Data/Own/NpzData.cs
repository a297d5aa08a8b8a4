using System.Globalization;
using Descent.Formats;

namespace Descent.Data.Own;

/// <summary>Arrays of NumPy: inputs [N, features], [N, height, width] or [N, height, width, channels] and labels [N], or numbers to tell [N] or [N, outputs].</summary>
/// <remarks>Bytes stay bytes, and are normalized as pixels are. The test file's arrays have the same names; where <c>x_test</c> and <c>y_test</c> lie in the data's own file,
/// these are the data to test on.</remarks>
static class NpzData
{
    const string Input = "x", Label = "y", TestSuffix = "_test";

    public static OwnDataContent Read(OwnData data, string path, string? testPath)
    {
        string input = data.Inputs.Count > 0 ? data.Inputs[0] : Input, label = data.Labels.Count > 0 ? data.Labels[0] : Label;
        var arrays = NpzFile.Read(path);
        bool hasTest = testPath is null && arrays.Any(array => array.Name == input + TestSuffix);
        var tests = hasTest ? arrays : testPath is null ? null : NpzFile.Read(testPath);
        string suffix = hasTest ? TestSuffix : "", place = hasTest ? path : testPath ?? path;
        var labels = Find(path, arrays, label);
        string[] classes = data.HasNumbers ? Names(labels, label) : Classes(path, labels);
        var train = Images(path, Find(path, arrays, input), labels, classes, data.HasNumbers);
        var test = tests is null ? null : Images(place, Find(place, tests, input + suffix), Find(place, tests, label + suffix), classes, data.HasNumbers);
        return test is null || test.Shape == train.Shape ? new(train, test, classes, [])
            : throw new BadInputException($"{place}: the images to test on have {test.Shape}, those to train on {train.Shape}.");
    }

    static NamedArray Find(string path, IReadOnlyList<NamedArray> arrays, string name) => arrays.FirstOrDefault(array => array.Name == name)
        ?? throw new BadInputException($"{path} has no array \"{name}\".{NearestName.Hint(name, arrays.Select(array => array.Name))}");

    static string[] Names(NamedArray targets, string label) => targets.Shape.Count < 2 ? [label]
        : [.. Enumerable.Range(0, targets.Shape[1]).Select(i => string.Create(CultureInfo.InvariantCulture, $"{label}[{i}]"))];

    static string[] Classes(string path, NamedArray labels)
    {
        string[] classes = ClassLabels.InOrder(Whole(path, labels).Distinct().Select(Text));
        ClassLabels.RequireReasonable($"{path}: array \"{labels.Name}\"", classes.Length);
        return classes;
    }

    static LabeledImages Images(string path, NamedArray inputs, NamedArray labels, string[] classes, bool hasNumbers)
    {
        var shape = inputs.Shape switch
        {
            [_, var features] when features > 0 => new ImageShape(1, 1, features),
            [_, var height, var width] when height > 0 && width > 0 => new ImageShape(height, width, 1),
            [_, var height, var width, var channels] when height > 0 && width > 0 && channels > 0 => new ImageShape(height, width, channels),
            _ => throw new BadInputException($"{path}: array \"{inputs.Name}\" has the shape {NamedArray.ShapeText(inputs.Shape)}; inputs are [N, features], "
                + "[N, height, width] or [N, height, width, channels]."),
        };
        int count = inputs.Shape[0];
        if (count == 0 || labels.Shape.Count == 0 || labels.Shape[0] != count)
        {
            throw new BadInputException($"{path}: {count} inputs and labels {NamedArray.ShapeText(labels.Shape)}; of both there must be as many, and one at least.");
        }

        var targets = hasNumbers ? new NumberTargets(Doubles(path, labels), Names(labels, labels.Name)) : null;
        byte[] classOf = hasNumbers ? new byte[count] : [.. Whole(path, labels).Select(label => ClassLabels.Find($"{path}: array \"{labels.Name}\"", classes, Text(label)))];
        int classCount = hasNumbers ? 1 : classes.Length;
        return inputs.Type == ElementType.UInt8 ? new(shape, inputs.Bytes.ToArray(), classOf, classCount) { Targets = targets }
            : new(shape, Reals(path, inputs), classOf, classCount) { Targets = targets };
    }

    static RealValues Reals(string path, NamedArray array)
    {
        RequireFinite(path, array);
        return array.Type == ElementType.Float32 ? new(array.Values<float>().ToArray()) : new RealValues(Doubles(path, array));
    }

    static double[] Doubles(string path, NamedArray array)
    {
        RequireFinite(path, array);
        return [.. Numbers(array)];
    }

    static void RequireFinite(string path, NamedArray array)
    {
        int place = Numbers(array).TakeWhile(double.IsFinite).Count();
        if (place < array.Count)
        {
            throw new BadInputException($"{path}: value {place} of array \"{array.Name}\" is not finite.");
        }
    }

    /// <summary>Labels of classes.</summary>
    static IEnumerable<double> Whole(string path, NamedArray labels) => labels.Shape.Count == 1 ? Numbers(labels)
        : throw new BadInputException($"{path}: labels of classes have the shape [N], array \"{labels.Name}\" has {NamedArray.ShapeText(labels.Shape)}.");

    static IEnumerable<double> Numbers(NamedArray array) => array.Type switch
    {
        ElementType.Float32 => array.Values<float>().ToArray().Select(x => (double)x),
        ElementType.Float64 => array.Values<double>().ToArray(),
        ElementType.Int64 => array.Values<long>().ToArray().Select(x => (double)x),
        ElementType.Int32 => array.Values<int>().ToArray().Select(x => (double)x),
        _ => array.Bytes.ToArray().Select(x => (double)x),
    };

    static string Text(double label) => label.ToString("R", CultureInfo.InvariantCulture);
}
