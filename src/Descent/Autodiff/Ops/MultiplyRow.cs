using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y[i, j] = x[i, j]·row[j] for x [n, m] and row [m]; dx = dy·row likewise, drow = Σ over the rows of dy·x.</summary>
    [Op("multiply_row")]
    public Tensor<T> MultiplyRow(Tensor<T> x, Tensor<T> row)
    {
        RequireRow("multiply_row", x, row);
        var y = Like(x);
        Run(RowPasses.Map(x, y, (from, to) => TensorPrimitives.Multiply(from, row.Span, to)));
        return Record("multiply_row", y, [x, row], (_, dy) => [() => MultiplyRow(dy, row), () => SumRows(Multiply(dy, x))]);
    }

    /// <summary>y[i, j] = x[i, j] + row[j] for x [n, m] and row [m]; dx = dy, drow = Σ over the rows of dy.</summary>
    [Op("add_row")]
    public Tensor<T> AddRow(Tensor<T> x, Tensor<T> row)
    {
        RequireRow("add_row", x, row);
        var y = Like(x);
        Run(RowPasses.Map(x, y, (from, to) => TensorPrimitives.Add(from, row.Span, to)));
        return Record("add_row", y, [x, row], (_, dy) => [() => dy, () => SumRows(dy)]);
    }

    static void RequireRow(string op, Tensor<T> x, Tensor<T> row)
    {
        RequireMatrix(op, x);
        if (row.Shape != new Shape(x.Shape[1]))
        {
            throw new ArgumentException($"{op}: a row of {x.Shape} has shape [{x.Shape[1]}], got {row.Shape}.");
        }
    }
}
