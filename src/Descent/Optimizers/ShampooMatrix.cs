using System.Runtime.CompilerServices;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers;

/// <summary>A step of <see cref="Shampoo"/> on one parameter.</summary>
sealed class ShampooMatrix<V, T> where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Shampoo rule;
    readonly Executor executor;
    readonly CoordinateUpdate1<V, T, GatherRule> gather;
    readonly GramUpdate<V, T>? left, right;
    readonly InverseRoot<V, T>? leftRoot, rightRoot;
    readonly WorkList leftProduct, rightProduct;
    readonly CoordinateUpdate0<V, T, MoveRule>? move;
    readonly CoordinateUpdate1<V, T, MomentumRule>? moveWithMomentum;

    public ShampooMatrix(Shampoo rule, MatrixMemory<V, T> memory, Executor executor, StepParameter<T> parameter)
    {
        (this.rule, this.executor) = (rule, executor);
        var sides = rule.SidesOf(parameter.Info.Shape);
        int root = rule.Root > 0 ? (int)rule.Root : 2 * sides.Count;
        Tensor<T> gradient = memory.First(sides.Shape), behindLeft = gradient;
        gather = new(CoordinateChunks.Of(gradient, parameter.Gradient, parameter.Value));
        (leftProduct, rightProduct) = (new WorkList(executor, memory.Arena), new WorkList(executor, memory.Arena));
        if (sides.HasLeft)
        {
            left = new(memory, executor, Transposition.Right, gradient, parameter.State("left"));
            leftRoot = new(memory, executor, parameter.State("left"), parameter.State("left_root"), rule.Epsilon, root);
            behindLeft = memory.Second(sides.Shape);
            MatrixProduct.Record(leftProduct, Transposition.None, parameter.State("left_root"), gradient, behindLeft);
        }

        var update = behindLeft;
        if (sides.HasRight)
        {
            right = new(memory, executor, Transposition.Left, rule.Statistics == "sequential" ? behindLeft : gradient, parameter.State("right"));
            rightRoot = new(memory, executor, parameter.State("right"), parameter.State("right_root"), rule.Epsilon, root);
            update = memory.Third(sides.Shape);
            MatrixProduct.Record(rightProduct, Transposition.None, behindLeft, parameter.State("right_root"), update);
        }

        if (rule.Momentum > 0)
        {
            moveWithMomentum = new(CoordinateChunks.Of(parameter.Value, update, parameter.State("momentum_buffer")));
        }
        else
        {
            move = new(CoordinateChunks.Of(parameter.Value, update));
        }
    }

    public void Step(double rate, double gradientScale, bool takesRoots)
    {
        // Anew at each step: a schedule may have changed it.
        gather.Rule = new GatherRule(V.Broadcast(rule.WeightDecay));
        gather.GradientScale = gradientScale;
        executor.Run(gather.Work);
        left?.Run(kept: 1, added: 1);
        if (takesRoots)
        {
            leftRoot?.Run();
        }

        leftProduct.Run();
        right?.Run(kept: 1, added: 1);
        if (takesRoots)
        {
            rightRoot?.Run();
        }

        rightProduct.Run();
        Move(V.Broadcast(rate));
    }

    void Move(V rate)
    {
        if (moveWithMomentum is not null)
        {
            moveWithMomentum.Rule = new MomentumRule(V.Broadcast(rule.Momentum), rate);
            executor.Run(moveWithMomentum.Work);
            return;
        }

        move!.Rule = new MoveRule(rate);
        executor.Run(move.Work);
    }

    // p is where the gradient goes.
    readonly struct GatherRule(V decay) : ICoordinateRule1<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V value) => p = g + (decay * value);
    }

    // g is the update.
    readonly struct MoveRule(V rate) : ICoordinateRule<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g) => p -= rate * g;
    }

    readonly struct MomentumRule(V kept, V rate) : ICoordinateRule1<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(ref V p, V g, ref V b)
        {
            b = (kept * b) + g;
            p -= rate * b;
        }
    }
}
