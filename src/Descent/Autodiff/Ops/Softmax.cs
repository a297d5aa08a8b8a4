using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Autodiff;

public sealed partial class Tape<T>
{
    /// <summary>y[i, j] = exp x[i, j] / Σₖ exp x[i, k] for x [n, m]; dx = y·(dy − Σₖ dy·y of the row).</summary>
    [Op("softmax")]
    public Tensor<T> Softmax(Tensor<T> x)
    {
        RequireMatrix("softmax", x);
        var y = Like(x);
        Run(RowPasses.Map(x, y, RowPasses.Softmax));
        return Record("softmax", y, [x], (y, dy) =>
            [() => Multiply(y, Subtract(dy, RepeatColumn(SumColumns(Multiply(dy, y)), x.Shape[1])))]);
    }

    /// <summary>y [n, classes]: 1 at each row's label, else 0. It depends on no tensor.</summary>
    [Op("one_hot")]
    public Tensor<T> OneHot(Labels labels, int classes)
    {
        var y = Output(new Shape(labels.Count, classes));
        Run(new Work(1, _ =>
        {
            y.Span.Clear();
            for (int row = 0; row < labels.Count; row++)
            {
                y.Span.Slice(row * classes, classes)[labels.Checked("one_hot", row, classes)] = T.One;
            }
        }));
        return Record("one_hot", y, [], backward: null);
    }
}
