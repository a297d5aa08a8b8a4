using Descent.Formats;

namespace Descent.Data;

/// <summary>The parameters of a trained model, as they were published.</summary>
/// <param name="File">Lies in <c>weights/</c> of the data folder.</param>
public sealed record PublishedWeights(string Name, string Title, string Origin, string Licence, DataFile File) : IPublication
{
    public IReadOnlyList<DataFile> Files => [File];
}

/// <summary>The published weights that Descent knows by name.</summary>
public static class WeightsCatalog
{
    public static IReadOnlyList<PublishedWeights> All { get; } =
    [
        new("resnet18-imagenet", "ResNet-18 trained on ImageNet", "torchvision, ResNet18_Weights.IMAGENET1K_V1, https://github.com/pytorch/vision",
            "BSD 3-Clause (torchvision); ImageNet's own terms may bind its users",
            PyTorch("resnet18-f37072fd.pth", 46_830_571, "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec",
                ("conv1.weight", [64, 3, 7, 7]), ("layer4.1.bn2.running_var", [512]), ("fc.weight", [1000, 512]), ("fc.bias", [1000]))),
    ];

    /// <summary>The file of published weights in a data folder.</summary>
    /// <exception cref="BadInputException">There are none of that name, or they are not there.</exception>
    public static string FileOf(string name, DataFolder folder)
    {
        var weights = All.FirstOrDefault(one => one.Name == name)
            ?? throw new BadInputException($"No published weights are called \"{name}\".{NearestName.Hint(name, All.Select(one => one.Name))}");
        return weights.File.Find(folder) ?? throw new BadInputException(
            $"{weights.Title} not found in {folder.Path}: {weights.File.Path} is missing. Run: descent data get {name}");
    }

    static DataFile PyTorch(string name, long bytes, string sha256, params (string Name, int[] Shape)[] some)
    {
        string path = $"weights/{name}";
        var digest = FileDigest.Sha256(sha256);
        return new DataFile(path, [new Uri($"https://download.pytorch.org/models/{name}")], bytes, digest, [new(path, IsPublished, RequireSome)]);

        bool IsPublished(string file)
        {
            using var stream = InputFile.Open(file, bufferSize: 0);
            return digest.IsOf(stream);
        }

        void RequireSome(string file)
        {
            var arrays = PyTorchFile.Read(file).Arrays;
            foreach (var (array, shape) in some)
            {
                if (!arrays.Any(one => one.Name == array && one.Shape.SequenceEqual(shape)))
                {
                    throw new BadInputException($"{file} has no {array} of shape [{string.Join(", ", shape)}].");
                }
            }
        }
    }
}
