using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>The sides of a parameter, as a matrix, of which a rule keeps square matrices: those that are not too long, and of a vector none or the
/// only one.</summary>
/// <param name="Rows">The matrix's.</param>
/// <param name="Columns">The matrix's; 1 for a vector.</param>
/// <param name="HasLeft">Whether there are matrices [rows, rows].</param>
/// <param name="HasRight">Whether there are matrices [columns, columns].</param>
readonly record struct MatrixSides(int Rows, int Columns, bool HasLeft, bool HasRight)
{
    public int Count => (HasLeft ? 1 : 0) + (HasRight ? 1 : 0);

    public int Longest => Math.Max(HasLeft ? Rows : 1, HasRight ? Columns : 1);

    public Shape Shape => new(Rows, Columns);

    /// <param name="shape">Filters are one row each, as <see cref="StepParameter{T}.Columns"/> says.</param>
    /// <param name="longest">Longer sides have no matrices.</param>
    /// <param name="takesVectors">Whether a vector has a left side.</param>
    public static MatrixSides Of(Shape shape, double longest, bool takesVectors)
    {
        int rows = shape.Rank > 0 ? shape[0] : 1, columns = shape.Count / rows;
        bool isMatrix = shape.Rank > 1;
        return new(rows, columns, (isMatrix || takesVectors) && rows <= longest, isMatrix && columns <= longest);
    }

    /// <summary>The states of these names, for the sides that there are.</summary>
    public IEnumerable<StateInfo> States(string left, string right)
    {
        if (HasLeft)
        {
            yield return new StateInfo(left, new Shape(Rows, Rows));
        }

        if (HasRight)
        {
            yield return new StateInfo(right, new Shape(Columns, Columns));
        }
    }
}
