using System.Globalization;

namespace Descent.Tensors;

/// <summary>The sizes of a tensor's axes, outermost first; at most four. A scalar has rank 0 and one element.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    public const int MaximumRank = 4;

    readonly int size0, size1, size2, size3;

    /// <exception cref="ArgumentException">An axis is smaller than 1, there are more than four, or the elements are more than 2³¹ − 1.</exception>
    public Shape(params ReadOnlySpan<int> sizes)
    {
        if (sizes.Length > MaximumRank)
        {
            throw new ArgumentException($"A shape has at most {MaximumRank} axes, got {sizes.Length}.");
        }

        long count = 1;
        foreach (int size in sizes)
        {
            count *= size > 0 ? size : throw new ArgumentException($"A shape's axes must be at least 1, got {size}.");
            if (count > int.MaxValue)
            {
                throw new ArgumentException($"A shape has at most {int.MaxValue} elements, got [{string.Join(", ", sizes.ToArray())}].");
            }
        }

        Rank = sizes.Length;
        size0 = sizes.Length > 0 ? sizes[0] : 1;
        size1 = sizes.Length > 1 ? sizes[1] : 1;
        size2 = sizes.Length > 2 ? sizes[2] : 1;
        size3 = sizes.Length > 3 ? sizes[3] : 1;
    }

    public static Shape Scalar => new([]);

    public int Rank { get; }

    /// <summary>The number of elements. (The default value is a scalar too.)</summary>
    public int Count => Rank == 0 ? 1 : size0 * size1 * size2 * size3;

    public int this[int axis] => (uint)axis >= (uint)Rank
        ? throw new ArgumentOutOfRangeException(nameof(axis), $"{this} has no axis {axis}.")
        : axis switch { 0 => size0, 1 => size1, 2 => size2, _ => size3 };

    public static bool operator ==(Shape a, Shape b) => a.Equals(b);

    public static bool operator !=(Shape a, Shape b) => !a.Equals(b);

    public int[] ToArray()
    {
        var sizes = new int[Rank];
        for (int axis = 0; axis < Rank; axis++)
        {
            sizes[axis] = this[axis];
        }

        return sizes;
    }

    public bool Equals(Shape other) => Rank == other.Rank && ToArray().AsSpan().SequenceEqual(other.ToArray());

    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Rank, size0, size1, size2, size3);

    /// <summary>As in <c>[128, 784]</c>.</summary>
    public override string ToString() =>
        $"[{string.Join(", ", ToArray().Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}
