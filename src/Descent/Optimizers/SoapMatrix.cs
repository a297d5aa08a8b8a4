using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>A step of <see cref="Soap"/> on one parameter.</summary>
sealed class SoapMatrix<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Soap rule;
    readonly Executor executor;
    readonly MatrixSides sides;
    readonly Tensor<T> moment, copy;
    readonly CoordinateUpdate1<V, T, GatherRule> gather;
    readonly WorkList turn, turnBack;
    readonly CoordinateUpdate1<V, T, DivideRule> divide;
    readonly CoordinateUpdate0<V, T, MoveRule> move;
    readonly GramUpdate<V, T>? left, right;
    readonly SoapBasis<V, T>? leftBasis, rightBasis;

    public SoapMatrix(Soap rule, MatrixMemory<V, T> memory, Executor executor, StepParameter<T> parameter)
    {
        (this.rule, this.executor, sides) = (rule, executor, rule.SidesOf(parameter.Info.Shape));
        Tensor<T> gradient = memory.First(sides.Shape), turnedGradient = memory.Second(sides.Shape), turnedMean = memory.Third(sides.Shape);
        Tensor<T> mean = parameter.State("exp_avg").View(sides.Shape);
        moment = parameter.State("exp_avg_sq");
        copy = memory.Fourth(sides.Shape);
        gather = new(CoordinateChunks.Of(gradient, parameter.Gradient, mean));
        (turn, turnBack) = (new WorkList(executor, memory.Arena), new WorkList(executor, memory.Arena));
        Turn(turn, parameter, gradient, turnedGradient);
        Turn(turn, parameter, mean, turnedMean);
        divide = new(CoordinateChunks.Of(turnedMean, turnedGradient, moment));
        TurnBack(turnBack, parameter, turnedMean, turnedGradient);
        move = new(CoordinateChunks.Of(parameter.Value, sides.Count == 0 ? turnedMean : turnedGradient));
        if (sides.HasLeft)
        {
            left = new(memory, executor, Transposition.Right, gradient, parameter.State("left"));
            leftBasis = new(memory, executor, parameter.State("left"), parameter.State("left_basis"));
        }

        if (sides.HasRight)
        {
            right = new(memory, executor, Transposition.Left, gradient, parameter.State("right"));
            rightBasis = new(memory, executor, parameter.State("right"), parameter.State("right_basis"));
        }
    }

    /// <summary>The first step.</summary>
    public void Begin(double beta, double gradientScale)
    {
        Take(meanKept: 0, meanAdded: 0, gradientScale);
        Gather(beta);
        leftBasis?.Begin();
        rightBasis?.Begin();
    }

    public void Move(double rate, double length, double gradientScale)
    {
        Take(rule.Beta1, 1 - rule.Beta1, gradientScale);
        turn.Run();
        divide.Rule = new DivideRule(V.Broadcast(rule.Beta2), V.Broadcast(1 - rule.Beta2), V.Broadcast(rule.Epsilon));
        executor.Run(divide.Work);
        turnBack.Run();
        move.Rule = new MoveRule(V.Broadcast(1 - (rate * rule.WeightDecay)), V.Broadcast(length));
        executor.Run(move.Work);
    }

    /// <summary>Takes the step's gradient into L and R.</summary>
    public void Gather(double beta)
    {
        left?.Run(beta, 1 - beta);
        right?.Run(beta, 1 - beta);
    }

    /// <summary>Takes new bases, and the second moment along.</summary>
    public void Turn()
    {
        if (leftBasis is not null)
        {
            leftBasis.Turn();
            moment.Span.CopyTo(copy.Span);
            for (int i = 0; i < sides.Rows; i++)
            {
                copy.Span.Slice(leftBasis.Order[i] * sides.Columns, sides.Columns).CopyTo(moment.Span.Slice(i * sides.Columns, sides.Columns));
            }
        }

        if (rightBasis is not null)
        {
            rightBasis.Turn();
            moment.Span.CopyTo(copy.Span);
            for (int i = 0; i < moment.Count; i++)
            {
                moment.Span[i] = copy.Span[i - (i % sides.Columns) + rightBasis.Order[i % sides.Columns]];
            }
        }
    }

    void Take(double meanKept, double meanAdded, double gradientScale)
    {
        gather.Rule = new GatherRule(V.Broadcast(meanKept), V.Broadcast(meanAdded));
        gather.GradientScale = gradientScale;
        executor.Run(gather.Work);
    }

    /// <summary>y = Q_Lᵀ·x·Q_R; bases are kept as rows.</summary>
    void Turn(WorkList list, StepParameter<T> parameter, Tensor<T> x, Tensor<T> y)
    {
        var between = sides.Count == 2 ? copy : y;
        if (sides.HasLeft)
        {
            MatrixProduct.Record(list, Transposition.None, parameter.State("left_basis"), x, between);
        }

        if (sides.HasRight)
        {
            MatrixProduct.Record(list, Transposition.Right, sides.HasLeft ? between : x, parameter.State("right_basis"), y);
        }

        if (sides.Count == 0)
        {
            list.Run(new CoordinateUpdate0<V, T, CopyRule>(CoordinateChunks.Of(y, x)).Work);
        }
    }

    /// <summary>y = Q_L·x·Q_Rᵀ; without sides nothing.</summary>
    void TurnBack(WorkList list, StepParameter<T> parameter, Tensor<T> x, Tensor<T> y)
    {
        var between = sides.Count == 2 ? copy : y;
        if (sides.HasLeft)
        {
            MatrixProduct.Record(list, Transposition.Left, parameter.State("left_basis"), x, between);
        }

        if (sides.HasRight)
        {
            MatrixProduct.Record(list, Transposition.None, sides.HasLeft ? between : x, parameter.State("right_basis"), y);
        }
    }

    // p is where the gradient goes.
    readonly struct GatherRule(V kept, V added) : ICoordinateRule1<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V m)
        {
            p = g;
            m = (kept * m) + (added * g);
        }
    }

    readonly struct CopyRule : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = g;
    }

    // p is the turned mean, g the turned gradient.
    readonly struct DivideRule(V b2, V c2, V eps) : ICoordinateRule1<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V v)
        {
            v = (b2 * v) + (c2 * g * g);
            p /= V.Sqrt(v) + eps;
        }
    }

    // g is the update.
    readonly struct MoveRule(V keep, V length) : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p = keep * (p - (length * g));
    }
}
