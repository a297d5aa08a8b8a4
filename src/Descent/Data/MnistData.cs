namespace Descent.Data;

/// <summary>MNIST from its four published IDX files, packed or not.</summary>
static class MnistData
{
    const int ClassCount = 10;
    const string TrainImages = "train-images-idx3-ubyte", TrainLabels = "train-labels-idx1-ubyte";
    const string TestImages = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    static readonly ImageShape Shape = new(28, 28, 1);

    static readonly string[] Mirrors =
        ["https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"];

    public static DataSetDescription Description { get; } = new("mnist", "MNIST",
        "Yann LeCun, Corinna Cortes and Christopher Burges (1998), http://yann.lecun.com/exdb/mnist", "CC BY-SA 3.0",
        Shape, [.. Enumerable.Range(0, ClassCount).Select(digit => $"{digit}")],
        TrainCount: 60_000, TestCount: 10_000, DrawnTestCount: 0, Normalization.Mnist,
        [
            Images(TrainImages, 60_000, 9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873",
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            Labels(TrainLabels, 60_000, 28_881, "d53e105ee54ea40749a09fcbcd1e9432",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            Images(TestImages, 10_000, 1_648_877, "9fb629c4189551a2d022fa330f9573f3",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            Labels(TestLabels, 10_000, 4_542, "ec29112dd5afa0611ce80d1b7f02629c",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ],
        folder => (ReadPart(folder, TrainImages, TrainLabels), ReadPart(folder, TestImages, TestLabels)));

    static DataFile Images(string name, int count, long bytes, string md5, string sha256) =>
        File(name, bytes, md5, sha256, path => RequireCount(path, ReadImages(path).Sizes[0], count, "images"));

    static DataFile Labels(string name, int count, long bytes, string md5, string sha256) =>
        File(name, bytes, md5, sha256, path => RequireCount(path, ReadLabels(path).Length, count, "labels"));

    static DataFile File(string name, long bytes, string md5, string sha256, Action<string> requireLayout) => DataFile.Packed(
        $"mnist/{name}.gz", [.. Mirrors.Select(mirror => new Uri($"{mirror}{name}.gz"))], bytes, FileDigest.Md5(md5), FileDigest.Sha256(sha256),
        requireLayout);

    static LabeledImages ReadPart(DataFolder folder, string imagesName, string labelsName)
    {
        string imagesPath = Path(folder, imagesName), labelsPath = Path(folder, labelsName);
        var images = ReadImages(imagesPath);
        byte[] labels = ReadLabels(labelsPath);
        RequireCount(labelsPath, labels.Length, images.Sizes[0], "labels", $", as many as {imagesPath} has images");
        return new LabeledImages(Shape, images.Values, labels, ClassCount);
    }

    static string Path(DataFolder folder, string name) =>
        Description.Files.Single(file => file.Path == $"mnist/{name}.gz").Find(folder)
            ?? throw new BadInputException($"{folder.Combine($"mnist/{name}.gz")} does not exist.");

    static IdxArray ReadImages(string path)
    {
        var images = IdxFile.Read(path, dimensions: 3);
        if (images.Sizes[0] == 0)
        {
            throw new BadInputException($"{path} has no images.");
        }

        return images.Sizes[1] == Shape.Height && images.Sizes[2] == Shape.Width ? images : throw new BadInputException(
            $"{path} has images of {images.Sizes[1]}×{images.Sizes[2]}, those of MNIST have {Shape.Height}×{Shape.Width}.");
    }

    static byte[] ReadLabels(string path)
    {
        byte[] labels = IdxFile.Read(path, dimensions: 1).Values;
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(ClassCount - 1));
        return wrong < 0 ? labels : throw new BadInputException(
            $"{path}: label {wrong} is {labels[wrong]}, those of MNIST lie in 0 to {ClassCount - 1}.");
    }

    static void RequireCount(string path, int count, int expected, string what, string reason = "")
    {
        if (count != expected)
        {
            throw new BadInputException($"{path} has {count} {what}, expected are {expected}{reason}.");
        }
    }
}
