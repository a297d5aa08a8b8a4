namespace Descent.Formats;

/// <summary>The number types that files of arrays hold here, all little-endian.</summary>
public enum ElementType
{
    /// <summary>IEEE binary32: safetensors <c>F32</c>, NumPy <c>&lt;f4</c>.</summary>
    Float32,

    /// <summary>IEEE binary64: safetensors <c>F64</c>, NumPy <c>&lt;f8</c>.</summary>
    Float64,

    /// <summary>64-bit signed integer: safetensors <c>I64</c>, NumPy <c>&lt;i8</c>.</summary>
    Int64,

    /// <summary>32-bit signed integer: safetensors <c>I32</c>, NumPy <c>&lt;i4</c>.</summary>
    Int32,

    /// <summary>A byte: safetensors <c>U8</c>, NumPy <c>|u1</c>.</summary>
    UInt8,
}

/// <summary>Sizes and names of element types.</summary>
static class ElementTypes
{
    static readonly (ElementType Type, int Size, string SafeTensors, string Numpy, Type Clr)[] Rows =
    [
        (ElementType.Float32, sizeof(float), "F32", "<f4", typeof(float)),
        (ElementType.Float64, sizeof(double), "F64", "<f8", typeof(double)),
        (ElementType.Int64, sizeof(long), "I64", "<i8", typeof(long)),
        (ElementType.Int32, sizeof(int), "I32", "<i4", typeof(int)),
        (ElementType.UInt8, sizeof(byte), "U8", "|u1", typeof(byte)),
    ];

    public static string KnownSafeTensorsNames { get; } = string.Join(", ", Rows.Select(row => row.SafeTensors));

    public static string KnownNumpyNames { get; } = string.Join(", ", Rows.Select(row => row.Numpy));

    public static int Size(this ElementType type) => Rows[(int)type].Size;

    public static string SafeTensorsName(this ElementType type) => Rows[(int)type].SafeTensors;

    public static string NumpyName(this ElementType type) => Rows[(int)type].Numpy;

    public static ElementType? FromSafeTensorsName(string? name) => Find(row => row.SafeTensors == name);

    public static ElementType? FromNumpyName(string name) => Find(row => row.Numpy == name);

    /// <summary>The element type of <typeparamref name="T"/>: float, double, long, int or byte.</summary>
    /// <exception cref="NotSupportedException">Any other type.</exception>
    public static ElementType Of<T>() => Find(row => row.Clr == typeof(T))
        ?? throw new NotSupportedException($"Arrays in files hold float, double, long, int or byte, not {typeof(T).Name}.");

    static ElementType? Find(Func<(ElementType Type, int Size, string SafeTensors, string Numpy, Type Clr), bool> isMatch)
    {
        int index = Array.FindIndex(Rows, row => isMatch(row));
        return index < 0 ? null : Rows[index].Type;
    }
}
