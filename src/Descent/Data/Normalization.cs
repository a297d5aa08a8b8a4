using System.Runtime.InteropServices;
using Descent.Tensors.Kernels;

namespace Descent.Data;

/// <summary>From the byte x of a pixel to the value that a network sees: x·scale + shift, with one pair for all, for each channel, or for each value of an image.</summary>
/// <remarks>Scale and shift are rounded once from double to the element type; product and sum are then rounded one after the other (never
/// fused), so the values are the same on every machine.</remarks>
public sealed class Normalization
{
    // A pattern as long as this keeps the calls per image few and the three arrays of a pass in the first-level cache.
    const int PatternLength = 1024;

    readonly double[] scales;
    readonly double[] shifts;
    readonly Pattern<float> singles;
    readonly Pattern<double> doubles;
    readonly Func<DataPart, Normalization>? fit;

    /// <param name="name">The name in studies and lists.</param>
    /// <param name="scales">A single factor, one for each channel, or one for each value of an image.</param>
    /// <param name="shifts">As many summands as factors.</param>
    public Normalization(string name, ReadOnlySpan<double> scales, ReadOnlySpan<double> shifts)
    {
        if (scales.Length != shifts.Length || scales.IsEmpty)
        {
            throw new ArgumentException($"{name}: {scales.Length} scales and {shifts.Length} shifts.", nameof(shifts));
        }

        Name = name;
        this.scales = scales.ToArray();
        this.shifts = shifts.ToArray();
        singles = new Pattern<float>(this.scales, this.shifts);
        doubles = new Pattern<double>(this.scales, this.shifts);
    }

    Normalization(string name, Func<DataPart, Normalization> fit) : this(name, [1], [0]) => this.fit = fit;

    /// <summary>The values 0 to 255 themselves.</summary>
    public static Normalization None { get; } = new("none", [1], [0]);

    /// <summary>x/16, for the digits, whose values are 0 to 16.</summary>
    public static Normalization Digits { get; } = new("digits", [1.0 / 16], [0]);

    /// <summary>(x/255 − 0.1307)/0.3081: mean 0 and variance 1 over the training images of MNIST.</summary>
    public static Normalization Mnist { get; } = MeanAndDeviation("mnist", [0.1307], [0.3081]);

    /// <summary>(x/255 − mean)/deviation of each channel of CIFAR-10, with the mean over images of the standard deviation within an image.</summary>
    public static Normalization PerImageStd { get; } = MeanAndDeviation("per-image-std", Cifar10Means, [0.2023, 0.1994, 0.2010]);

    /// <summary>(x/255 − mean)/deviation of each channel of CIFAR-10, with the standard deviation over all pixels of all images.</summary>
    public static Normalization PixelStd { get; } = MeanAndDeviation("pixel-std", Cifar10Means, [0.2470, 0.2435, 0.2616]);

    /// <summary>(x/255 − mean)/deviation of each channel of ImageNet: what torchvision's published weights were trained on.</summary>
    public static Normalization ImageNet { get; } = MeanAndDeviation("imagenet", [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>(x/255 − 0.5)/0.5: values from −1 to 1.</summary>
    public static Normalization Half { get; } = MeanAndDeviation("half", [0.5], [0.5]);

    /// <summary>x − mean: the values 0 to 255 minus, pixel by pixel and channel by channel, their mean over the training images; not divided. To be fitted first.</summary>
    public static Normalization MeanImage { get; } = new("mean-image", MinusMean);

    /// <summary>x/255.</summary>
    public static Normalization Unit { get; } = new("unit", [1.0 / 255], [0]);

    /// <summary>(x − mean)/deviation of each channel, of a table of each column, with mean and standard deviation over the training images (divided by n; 1 where nothing
    /// varies). To be fitted first.</summary>
    public static Normalization Standard { get; } = new("standard", Standardized);

    /// <summary>All that have a name.</summary>
    public static IReadOnlyList<Normalization> All { get; } = [None, Unit, Half, Standard, PerImageStd, PixelStd, ImageNet, MeanImage, Mnist, Digits];

    public string Name { get; }

    /// <summary>How many pairs there are: 1, the number of channels, or the number of values of an image.</summary>
    public int Period => scales.Length;

    /// <summary>Whether <see cref="FittedTo"/> was called, or need not be.</summary>
    public bool IsFitted => fit is null;

    static ReadOnlySpan<double> Cifar10Means => [0.4914, 0.4822, 0.4465];

    /// <summary>The normalization of a name.</summary>
    /// <exception cref="BadInputException">There is none; the message suggests the nearest name.</exception>
    public static Normalization Find(string name) => All.FirstOrDefault(one => one.Name == name)
        ?? throw new BadInputException($"There is no normalization \"{name}\".{NearestName.Hint(name, All.Select(one => one.Name))}");

    /// <summary>The normalization of a name, for images of a shape.</summary>
    /// <exception cref="BadInputException">There is none, or it is for images of another number of channels.</exception>
    public static Normalization Find(string name, ImageShape shape) => Find(name) is var one && (one.Period == 1 || one.Period == shape.Channels) ? one
        : throw new BadInputException($"Normalization {name} is for images of {one.Period} channels, these are {shape}.");

    /// <summary>The normalization with what it takes from the training images; itself where it takes nothing.</summary>
    /// <param name="train">The whole training part, at least one image: no image of another part may leave a trace in the input.</param>
    public Normalization FittedTo(DataPart train) => fit is null ? this : fit(train);

    /// <summary>(x/255 − mean)/deviation, with one pair for each channel or a single one.</summary>
    public static Normalization MeanAndDeviation(string name, ReadOnlySpan<double> means, ReadOnlySpan<double> deviations)
    {
        double[] scales = [.. deviations.ToArray().Select(deviation => 1 / (255 * deviation))];
        double[] shifts = [.. means.ToArray().Zip(deviations.ToArray(), (mean, deviation) => -mean / deviation)];
        return new Normalization(name, scales, shifts);
    }

    /// <summary>The value of a byte in a channel, in double.</summary>
    public double Value(byte pixel, int channel) => (pixel * scales[channel % Period]) + shifts[channel % Period];

    /// <summary>Writes the value of each byte of whole pixels, without an allocation.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not float or double.</exception>
    internal void Apply<T>(ReadOnlySpan<byte> pixels, Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (pixels.Length != destination.Length)
        {
            throw new ArgumentException($"{pixels.Length} bytes do not fill {destination.Length} values.", nameof(destination));
        }

        if (!IsFitted)
        {
            throw new InvalidOperationException($"Normalization {Name} was not fitted to training images.");
        }

        if (typeof(T) == typeof(float))
        {
            ByteScaling.Run(pixels, singles.Scales, singles.Shifts, MemoryMarshal.Cast<T, float>(destination));
            return;
        }

        var pattern = (object)doubles as Pattern<T> ?? throw new NotSupportedException($"Images become float or double, not {typeof(T).Name}.");
        TensorPrimitives.ConvertTruncating(pixels, destination);
        for (int begin = 0; begin < destination.Length; begin += pattern.Scales.Length)
        {
            var values = destination.Slice(begin, Math.Min(pattern.Scales.Length, destination.Length - begin));
            TensorPrimitives.MultiplyAdd(values, pattern.Scales.AsSpan(0, values.Length), pattern.Shifts.AsSpan(0, values.Length), values);
        }
    }

    /// <summary>Writes the value of each number of an image that has no bytes. Product and sum are in double and rounded once, since far from zero a column's differences are
    /// small beside its values.</summary>
    /// <param name="first">Where the image begins among the values.</param>
    internal void Apply<T>(RealValues values, int first, Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsFitted)
        {
            throw new InvalidOperationException($"Normalization {Name} was not fitted to training images.");
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating((values[first + i] * scales[i % scales.Length]) + shifts[i % scales.Length]);
        }
    }

    static Normalization Standardized(DataPart train)
    {
        var (images, channels) = (train.Images, train.Images.Shape.Channels);
        double[] means = new double[channels], squares = new double[channels];
        double count = (double)train.Count * images.Shape.Length / channels;
        Each((channel, value) => means[channel] += value / count);
        Each((channel, value) => squares[channel] += (value - means[channel]) * (value - means[channel]) / count);
        double[] scales = [.. squares.Select(square => square > 0 ? 1 / Math.Sqrt(square) : 1)];
        return new Normalization(Standard.Name, scales, [.. means.Zip(scales, (mean, scale) => -mean * scale)]);

        void Each(Action<int, double> take)
        {
            foreach (int index in train.Indices)
            {
                for (int i = 0; i < images.Shape.Length; i++)
                {
                    take(i % channels, images.Value(index, i));
                }
            }
        }
    }

    static Normalization MinusMean(DataPart train)
    {
        // Of bytes the sums are whole numbers, and exact.
        double[] sums = new double[train.Images.Shape.Length];
        foreach (int index in train.Indices)
        {
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += train.Images.Value(index, i);
            }
        }

        return new Normalization(MeanImage.Name, [.. Enumerable.Repeat(1.0, sums.Length)], [.. sums.Select(sum => -sum / train.Count)]);
    }

    /// <summary>The pairs repeated over whole pixels, so that a pass needs no index of a channel.</summary>
    sealed class Pattern<T>(double[] scales, double[] shifts) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T[] Scales { get; } = Repeat(scales);

        public T[] Shifts { get; } = Repeat(shifts);

        static T[] Repeat(double[] values)
        {
            int whole = values.Length * (ByteScaling.Lanes / (int)BigInteger.GreatestCommonDivisor(values.Length, ByteScaling.Lanes));
            int length = (PatternLength + whole - 1) / whole * whole;
            return [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(values[i % values.Length]))];
        }
    }
}
