namespace Descent.Formats;

/// <summary>A NumPy array of unsigned bytes in a pickle.</summary>
/// <remarks>NumPy makes an empty array by <c>numpy.core.multiarray._reconstruct(numpy.ndarray, (0,), 'b')</c> and gives it the state
/// (version, shape, type, whether it is stored by columns, bytes); the type is <c>numpy.dtype('u1', 0, 1)</c> with a state of its own.</remarks>
sealed class PickledArray : IPickleState
{
    const string Element = "u1";

    /// <summary>The names that an array of bytes needs.</summary>
    public static PickleVocabulary Vocabulary { get; } = new(new Dictionary<string, PickleCall?>
    {
        ["numpy.core.multiarray._reconstruct"] = arguments => arguments is [PickleName { Name: "numpy.ndarray" }, ..] ? new PickledArray()
            : throw new FormatException("reconstructs what is no NumPy array"),
        ["numpy.ndarray"] = null,
        ["numpy.dtype"] = arguments => arguments is [var code, ..] && PickleDictionary.Text(code) == Element ? new ElementCode()
            : throw new FormatException($"has a NumPy array of another type than unsigned bytes ({Element})"),
    });

    /// <summary>Sizes, slowest first.</summary>
    public IReadOnlyList<int> Shape { get; private set; } = [0];

    /// <summary>As many as the product of the sizes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; private set; }

    /// <summary>Whether the first index runs fastest (NumPy's Fortran order), instead of the last.</summary>
    public bool IsByColumns { get; private set; }

    public void SetState(object? state)
    {
        if (state is not object?[] parts || parts is not [_, object?[] sizes, ElementCode, bool isByColumns, ReadOnlyMemory<byte> bytes])
        {
            throw new FormatException("has a NumPy array whose state is not read here");
        }

        int[] shape = [.. sizes.Select(size => size is long and >= 0 and <= int.MaxValue ? (int)(long)size
            : throw new FormatException("has a NumPy array with a size that is none"))];
        long count = 1;
        foreach (int size in shape)
        {
            // Below 2³² before the factor, so below 2⁶³ after it.
            count = Math.Min(count * size, long.MaxValue >> 31);
        }

        (Shape, IsByColumns, Bytes) = count == bytes.Length ? (shape, isByColumns, bytes) : throw new FormatException(
            $"has a NumPy array of shape {NamedArray.ShapeText(shape)} with {bytes.Length} bytes");
    }

    /// <summary>The type of an array's elements; its state (byte order, fields) says nothing about single bytes.</summary>
    sealed class ElementCode : IPickleState
    {
        public void SetState(object? state)
        {
        }
    }
}
