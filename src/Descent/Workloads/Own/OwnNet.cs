using System.Globalization;
using Descent.Data;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads.Own;

/// <summary>A network of the catalog on a user's own images, with the option <c>model.image_size</c>.</summary>
static class OwnNet
{
    const string ImageSize = "image_size";
    const int LargestSide = 1024;

    /// <param name="data">The shape of the data's images: at their own size they come in as they are.</param>
    public static IReadOnlyList<ModelOption> Options(ImageShape data) =>
    [
        new(ImageSize, Text(data.Height, data.Width), $"be a side, or a height and a width, from 1 to {LargestSide}, as in 64 or 48x64",
            text => Sides(text) is var (height, width) ? Text(height, width) : null)
        {
            Description = "Images are brought to this size by a first layer, bilinearly, behind augmentation and normalization. Work and memory grow with its pixels.",
        },
    ];

    public static Model Build(NamedNet net, Shape images, IReadOnlyDictionary<string, string> options, int outputs, Loss loss)
    {
        var (height, width) = Sides(options[ImageSize]) ?? throw new ArgumentException("The option has its canonical text.", nameof(options));
        return net.Create(images, height, width, outputs, loss);
    }

    static string Text(int height, int width) => height == width ? $"{height}" : $"{height}x{width}";

    static (int Height, int Width)? Sides(string text)
    {
        string[] sides = text.Trim().Split('x');
        return sides.Length is 1 or 2 && Side(sides[0]) is { } height && Side(sides[^1]) is { } width ? (height, width) : null;
    }

    static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= LargestSide ? side : null;
}
