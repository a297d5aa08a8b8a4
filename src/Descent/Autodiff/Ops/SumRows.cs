using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [m] = Σ over the n rows of x [n, m]; each row of dx is dy.</summary>
    [Op("sum_rows")]
    public Tensor<T> SumRows(Tensor<T> x)
    {
        RequireMatrix("sum_rows", x);
        var y = Output(new Shape(x.Shape[1]));
        ColumnSums.Record(this, x, y);
        return Record("sum_rows", y, [x], (_, dy) => [() => RepeatRow(dy, x.Shape[0])]);
    }

    /// <summary>y [n, m]: n rows, each equal to x [m]; dx = Σ over the rows of dy.</summary>
    [Op("repeat_row")]
    public Tensor<T> RepeatRow(Tensor<T> x, int rows)
    {
        RequireVector("repeat_row", x);
        var y = Output(new Shape(rows, x.Count));
        int width = x.Count;
        Run(new Work(1, _ =>
        {
            for (int row = 0; row < rows; row++)
            {
                x.Span.CopyTo(y.Span.Slice(row * width, width));
            }
        }));
        return Record("repeat_row", y, [x], (_, dy) => [() => SumRows(dy)]);
    }

    static void RequireMatrix(string op, Tensor<T> x)
    {
        if (x.Shape.Rank != 2)
        {
            throw new ArgumentException($"{op}: a matrix is needed, got {x.Shape}.");
        }
    }
}
