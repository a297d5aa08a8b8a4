namespace Descent.Formats;

/// <summary>What the header of an NPY array says of the values that follow.</summary>
/// <param name="Type">The type that they are read as.</param>
/// <param name="Narrow">How they are widened to that type, where they are.</param>
/// <param name="Shape">Sizes, slowest first.</param>
/// <param name="IsByColumns">Whether the first index runs fastest (NumPy's Fortran order), instead of the last.</param>
/// <param name="Bytes">The header as it was read.</param>
sealed record NpyHeader(ElementType Type, NarrowFloat? Narrow, int[] Shape, bool IsByColumns, byte[] Bytes)
{
    int ElementBytes => Narrow is null ? Type.Size() : NarrowFloat.Size;

    /// <summary>Bytes of the values in the file, or null where they would be larger than 2 GiB in memory.</summary>
    public int? ValueBytes => NamedArray.ByteCount(Type, Shape) / Type.Size() * ElementBytes;

    /// <summary>The values as they are in memory: row-major, of the type.</summary>
    /// <param name="values">As they lie in the file.</param>
    public byte[] InMemory(byte[] values)
    {
        byte[] rowMajor = IsByColumns ? StridedValues.Gather(values, ElementBytes, 0, Shape, StridedValues.ByColumns(Shape)) : values;
        return Narrow?.Widen(rowMajor) ?? rowMajor;
    }
}
