using Descent.Tensors;

namespace Descent.Data;

/// <summary>Some images of a data set, as indices into them in file order.</summary>
public sealed class DataPart
{
    readonly int[] indices;

    /// <param name="name">What messages call the part: <c>train</c>, <c>train:0-1999</c>.</param>
    /// <param name="images">The images that the indices mean.</param>
    /// <param name="indices">Strictly increasing, each below the number of images; taken as they are, without a copy.</param>
    /// <exception cref="ArgumentException">The indices are not such.</exception>
    public DataPart(string name, LabeledImages images, int[] indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] <= (i == 0 ? -1 : indices[i - 1]) || indices[i] >= images.Count)
            {
                throw new ArgumentException($"{name}: index {i} is {indices[i]}; indices increase and stay below {images.Count}.", nameof(indices));
            }
        }

        Name = name;
        Images = images;
        this.indices = indices;
    }

    public string Name { get; }

    public LabeledImages Images { get; }

    /// <summary>Indices into <see cref="Images"/>, increasing.</summary>
    public ReadOnlySpan<int> Indices => indices;

    public int Count => indices.Length;

    /// <summary>All images, under a name.</summary>
    public static DataPart Whole(string name, LabeledImages images) => new(name, images, [.. Enumerable.Range(0, images.Count)]);

    /// <summary>The images at positions <paramref name="first"/> to <paramref name="last"/> of this part, both included, in file order.</summary>
    /// <exception cref="BadInputException">The range is not within the part.</exception>
    public DataPart Range(int first, int last)
    {
        if (first < 0 || first > last || last >= Count)
        {
            string rule = Count == 0 ? "has no images" : $"has {Count} images, so a range lies in 0-{Count - 1}";
            throw new BadInputException($"{Name}:{first}-{last}: {Name} {rule}.");
        }

        return new DataPart($"{Name}:{first}-{last}", Images, indices[first..(last + 1)]);
    }

    /// <summary>Some images of this part, drawn without replacement; this part itself where it has no more than are asked for.</summary>
    public DataPart Sample(int count, RandomStream stream)
    {
        if (count >= Count)
        {
            return this;
        }

        int[] drawn = [.. indices];
        stream.Shuffle(drawn);
        drawn = drawn[..count];
        Array.Sort(drawn);
        return new DataPart($"{count} of {Name}", Images, drawn);
    }
}
