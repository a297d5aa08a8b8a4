using Descent.Data;
using Descent.Models;
using Descent.Tensors;

namespace Descent.Workloads.Own;

/// <summary>A network of the catalog on a user's own images, with the option <c>model.image_size</c>.</summary>
static class OwnNet
{
    const string ImageSize = "image_size";

    /// <param name="data">The shape of the data's images: at their own size they come in as they are.</param>
    public static IReadOnlyList<ModelOption> Options(ImageShape data) =>
    [
        new(ImageSize, $"{new ImageSides(data.Height, data.Width)}", ImageSides.Rule, text => ImageSides.Parse(text)?.ToString())
        {
            Description = "Images are brought to this size by a first layer, bilinearly, behind augmentation and normalization. Work and memory grow with its pixels.",
        },
    ];

    public static Model Build(NamedNet net, Shape images, IReadOnlyDictionary<string, string> options, int outputs, Loss loss)
    {
        var (height, width) = ImageSides.Parse(options[ImageSize]) ?? throw new ArgumentException("The option has its canonical text.", nameof(options));
        return net.Create(images, height, width, outputs, loss);
    }
}
