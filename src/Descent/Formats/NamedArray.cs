using System.Runtime.InteropServices;

namespace Descent.Formats;

/// <summary>One array of a file: its name, element type, shape and raw little-endian values in row-major order.</summary>
public sealed class NamedArray
{
    /// <summary>Wraps raw bytes without copying them; they must stay as they are for as long as the array is used.</summary>
    /// <exception cref="ArgumentException">The byte count is not that of the shape, or a size is negative.</exception>
    public NamedArray(string name, ElementType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        if (ByteCount(type, shape) is not { } count || count != bytes.Length)
        {
            throw new ArgumentException(
                $"{name}: {type} {ShapeText(shape)} does not take {bytes.Length} bytes.", nameof(bytes));
        }

        Name = name;
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    public string Name { get; }

    public ElementType Type { get; }

    /// <summary>Sizes, slowest first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of elements.</summary>
    public int Count => Bytes.Length / Type.Size();

    /// <summary>An array of its own from float, double or long values: one copy.</summary>
    public static NamedArray Copy<T>(string name, IReadOnlyList<int> shape, ReadOnlySpan<T> values) where T : unmanaged =>
        new(name, ElementTypes.Of<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The same array under another name, without a copy.</summary>
    public NamedArray Named(string name) => new(name, Type, Shape, Bytes);

    /// <summary>The values without a copy.</summary>
    /// <exception cref="BadInputException">The array holds another type than <typeparamref name="T"/>.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged
    {
        var asked = ElementTypes.Of<T>();
        return asked == Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new BadInputException($"Array \"{Name}\" holds {Type}, not {asked}.");
    }

    /// <summary>The array with its numbers rounded or widened to <typeparamref name="T"/>, float or double; itself where it holds them already, or holds integers.</summary>
    public NamedArray ConvertedTo<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => (Type, ElementTypes.Of<T>()) switch
    {
        (ElementType.Float32, ElementType.Float64) => Copy<double>(Name, Shape, Converted<float, double>()),
        (ElementType.Float64, ElementType.Float32) => Copy<float>(Name, Shape, Converted<double, float>()),
        _ => this,
    };

    TTo[] Converted<TFrom, TTo>() where TFrom : unmanaged, INumberBase<TFrom> where TTo : unmanaged, INumberBase<TTo>
    {
        var converted = new TTo[Count];
        TensorPrimitives.ConvertTruncating(Values<TFrom>(), converted.AsSpan());
        return converted;
    }

    /// <summary>The bytes that a shape takes, or null where a size is negative or the product leaves what an array can hold (2 GiB).</summary>
    internal static int? ByteCount(ElementType type, IReadOnlyList<int> shape)
    {
        long count = type.Size();
        foreach (int size in shape)
        {
            // Each factor is below 2³¹ and the running product is kept there too, so the 64-bit product cannot overflow.
            count *= size;
            if (size < 0 || count > Array.MaxLength)
            {
                return null;
            }
        }

        return (int)count;
    }

    internal static string ShapeText(IReadOnlyList<int> shape) => Excerpt.OfShape(shape);
}
