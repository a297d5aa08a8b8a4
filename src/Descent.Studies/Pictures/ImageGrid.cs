using Descent.Data;
using Descent.Formats;
using Descent.Studies.Charts;

namespace Descent.Studies.Pictures;

/// <summary>Images of a data set with their labels.</summary>
public static class ImageGrid
{
    /// <summary>What commands call it.</summary>
    public const string Name = "images";

    const double Side = 1, Gap = 0.12, LabelRoom = 0.26;

    /// <summary>The first images of each class, the classes in turn, so that with as many columns as classes each has a column.</summary>
    /// <param name="set">The data.</param>
    /// <param name="count">How many images.</param>
    /// <param name="columns">Images beside each other.</param>
    /// <exception cref="BadInputException">The data are no images of bytes, grey or red-green-blue.</exception>
    public static Figure Draw(DataSet set, int count = 40, int columns = 10)
    {
        if (set.Train.Reals is not null || set.Shape.Channels is not (1 or 3))
        {
            throw new BadInputException($"{set.Name} cannot be drawn as images: these are bytes of 1 or 3 channels, its rows have {set.Shape}{(set.Train.Reals is null ? "" : " that are no bytes")}.");
        }

        var chosen = Choose(set.Train, count);
        int largest = Largest(set.Train.Pixels);
        int rows = (chosen.Count + columns - 1) / columns;
        return new()
        {
            Layout = new()
            {
                Title = set.Description.Title,
                Subtitle = $"The first training images of each class as they lie in the files, {set.Shape}, with their labels.{(largest < byte.MaxValue ? $" Values from 0 to {largest}, which is drawn white." : "")}",
                Panels =
                [
                    new()
                    {
                        X = new() { Minimum = 0, Maximum = (columns * (Side + Gap)) - Gap, IsHidden = true },
                        Y = new() { Minimum = 0, Maximum = rows * (Side + LabelRoom), IsReversed = true, IsHidden = true },
                        HasEqualScales = true,
                        Images =
                        [
                            .. chosen.Select((image, place) => new PanelImage(Source(set.Train, image, largest), place % columns * (Side + Gap),
                                place / columns * (Side + LabelRoom), Side, Side, set.ClassNames[set.Train.Labels[image]])),
                        ],
                    },
                ],
            },
        };
    }

    static List<int> Choose(LabeledImages images, int count)
    {
        var byClass = Enumerable.Range(0, images.ClassCount).Select(_ => new Queue<int>()).ToArray();
        for (int i = 0; i < images.Count; i++)
        {
            byClass[images.Labels[i]].Enqueue(i);
        }

        var chosen = new List<int>();
        while (chosen.Count < count && byClass.Any(left => left.Count > 0))
        {
            chosen.AddRange(byClass.Where(left => left.Count > 0).Select(left => left.Dequeue()).Take(count - chosen.Count));
        }

        return chosen;
    }

    /// <summary>The largest value, 1 at least.</summary>
    static int Largest(ReadOnlySpan<byte> pixels)
    {
        byte largest = 1;
        foreach (byte value in pixels)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    /// <param name="largest">Of all values: the brightest.</param>
    static string Source(LabeledImages images, int image, int largest)
    {
        byte[] pixels = [.. images.Image(image).ToArray().Select(value => (byte)(value * byte.MaxValue / largest))];
        return "data:image/png;base64," + Convert.ToBase64String(PngImage.Encode(images.Shape.Width, images.Shape.Height, images.Shape.Channels, pixels));
    }
}
