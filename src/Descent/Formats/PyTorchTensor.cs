namespace Descent.Formats;

/// <summary>A tensor of a PyTorch file: a storage, and where in it each element lies: offset + Σ index·stride, all counted in elements.</summary>
sealed class PyTorchTensor
{
    const int MostAxes = 64;

    readonly PyTorchStorage storage;
    readonly int offset;
    readonly int[] sizes;
    readonly int[] strides;

    /// <exception cref="FormatException">An element would lie outside of the storage.</exception>
    public PyTorchTensor(PyTorchStorage storage, long offset, IReadOnlyList<long> sizes, IReadOnlyList<long> strides)
    {
        if (sizes.Count != strides.Count || sizes.Count > MostAxes || offset < 0 || sizes.Concat(strides).Any(value => value is < 0 or > int.MaxValue))
        {
            throw new FormatException($"has a tensor of sizes {Excerpt.OfShape(sizes)} and strides {Excerpt.OfShape(strides)}");
        }

        // At most 64 products below 2⁶².
        var last = sizes.Zip(strides).Aggregate((Int128)offset, (sum, axis) => sum + ((Int128)(axis.First - 1) * axis.Second));
        bool isEmpty = sizes.Contains(0);
        if (isEmpty ? offset > storage.Count : last >= storage.Count)
        {
            throw new FormatException($"has a tensor of sizes {Excerpt.OfShape(sizes)}, strides {Excerpt.OfShape(strides)} and offset {offset} "
                + $"that leaves its storage of {storage.Count} elements");
        }

        this.storage = storage;
        this.offset = (int)offset;
        this.sizes = [.. sizes.Select(size => (int)size)];
        this.strides = [.. strides.Select(stride => (int)stride)];
        ByteCount = NamedArray.ByteCount(storage.Element.ReadAs, this.sizes)
            ?? throw new FormatException($"has a tensor of sizes {Excerpt.OfShape(sizes)}, which is larger than 2 GiB");
    }

    /// <summary>Bytes of the array that it becomes.</summary>
    public int ByteCount { get; }

    /// <summary>Whether <see cref="ToArray"/> takes memory of its own, beside the storage.</summary>
    public bool IsCopied => storage.Element.Narrow is not null || !IsContiguous;

    bool IsContiguous
    {
        get
        {
            long expected = 1;
            for (int axis = sizes.Length - 1; axis >= 0; axis--)
            {
                if (sizes[axis] != 1 && strides[axis] != expected)
                {
                    return ByteCount == 0;
                }

                expected *= sizes[axis];
            }

            return true;
        }
    }

    /// <summary>The values in row-major order.</summary>
    public NamedArray ToArray(string name)
    {
        var element = storage.Element;
        int count = ByteCount / element.ReadAs.Size();
        var bytes = IsContiguous ? storage.Bytes.AsMemory(offset * element.Size, count * element.Size)
            : StridedValues.Gather(storage.Bytes, element.Size, offset, sizes, strides);
        return new NamedArray(name, element.ReadAs, sizes, element.Narrow?.Widen(bytes.Span) ?? bytes);
    }
}
