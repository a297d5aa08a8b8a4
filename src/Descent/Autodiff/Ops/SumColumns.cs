using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y [n] = Σ over the m columns of x [n, m]; each column of dx is dy.</summary>
    [Op("sum_columns")]
    public Tensor<T> SumColumns(Tensor<T> x)
    {
        RequireMatrix("sum_columns", x);
        var y = Output(new Shape(x.Shape[0]));
        Run(RowPasses.Map(x, y, static (from, to) => to[0] = TensorPrimitives.Sum(from)));
        return Record("sum_columns", y, [x], (_, dy) => [() => RepeatColumn(dy, x.Shape[1])]);
    }

    /// <summary>y [n, m]: m columns, each equal to x [n]; dx = Σ over the columns of dy.</summary>
    [Op("repeat_column")]
    public Tensor<T> RepeatColumn(Tensor<T> x, int columns)
    {
        RequireVector("repeat_column", x);
        var y = Output(new Shape(x.Count, columns));
        Run(RowPasses.Map(x, y, static (from, to) => to.Fill(from[0])));
        return Record("repeat_column", y, [x], (_, dy) => [() => SumColumns(dy)]);
    }

    static void RequireVector(string op, Tensor<T> x)
    {
        if (x.Shape.Rank != 1)
        {
            throw new ArgumentException($"{op}: a vector is needed, got {x.Shape}.");
        }
    }
}
