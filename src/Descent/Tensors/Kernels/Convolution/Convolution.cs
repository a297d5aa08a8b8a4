namespace Descent.Tensors.Kernels;

/// <summary>Two-dimensional convolutions of images [N, H, W, C] by filters [F, KH, KW, C], and their two gradients. The three are each other's gradients.</summary>
public static class Convolution
{
    /// <summary>y [N, H′, W′, F] = x * w (+ bias [F]) (then max(·, 0)).</summary>
    public static void RecordForward<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, Tensor<T> y, bool hasRelu)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Forward<T>(recorder, geometry, x, weight, bias, hasRelu, new PlainOutput<T>(y));
        VectorWidth.Run<T, Forward<T>>(ref action);
    }

    /// <summary>y = the max pooling of max(x * w + bias, 0), of which the full images never lie in memory; the taps of what was not positive let nothing back.</summary>
    public static void RecordPooledForward<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> weight, Tensor<T> bias,
        PoolingGeometry pooling, Tensor<T> y, TapChoice taps) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Forward<T>(recorder, geometry, x, weight, bias, hasRelu: true, new PooledOutput<T>(pooling, y, taps));
        VectorWidth.Run<T, Forward<T>>(ref action);
    }

    /// <summary>dx [N, H, W, C] from dy [N, H′, W′, F] and w.</summary>
    public static void RecordInput<T>(IRecorder recorder, ConvolutionGeometry geometry, OutputGradient<T> dy, Tensor<T> weight, Tensor<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Input<T>(recorder, geometry, dy, weight, dx);
        VectorWidth.Run<T, Input<T>>(ref action);
    }

    /// <summary>dw [F, KH, KW, C] from x and dy; and, where it is wanted, db [F] = Σ over images and pixels of dy.</summary>
    public static void RecordWeight<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, OutputGradient<T> dy, Tensor<T> dw, Tensor<T>? db = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Weight<T>(recorder, geometry, x, dy, dw, db);
        VectorWidth.Run<T, Weight<T>>(ref action);
    }

    static void RunAll(IRecorder recorder, params ReadOnlySpan<Work?> works)
    {
        foreach (var work in works)
        {
            if (work is { } own)
            {
                recorder.Run(own);
            }
        }
    }

    static void RunWinograd<V, T>(IRecorder recorder, Tensor<T> weight, ImageSource<T> source, ImageTarget<T> target, Tensor<T>? bias, int padding,
        bool isForInput, bool hasRelu) where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scratch = recorder.Arena.OpenScratch();
        var filters = new WinogradFilters<V, T, WinogradTransform<V, T>>(scratch, weight, isForInput);
        var product = new WinogradProduct<V, T>(scratch, recorder.Threads, source, target, filters, bias, padding, hasRelu);
        RunAll(recorder, filters.Pack, filters.Transform, product.Multiply);
    }

    static void RunSmallImages<V, T>(IRecorder recorder, Tensor<T> weight, ImageSource<T> source, ImageTarget<T> target, Tensor<T>? bias, bool isForInput, bool hasRelu)
        where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scratch = recorder.Arena.OpenScratch();
        var filters = new WinogradFilters<V, T, SmallImageTransform<V, T>>(scratch, weight, isForInput);
        var product = new SmallImageProduct<V, T>(scratch, recorder.Threads, source, target, filters, bias, hasRelu);
        RunAll(recorder, filters.Pack, filters.Transform, product.Gather, product.Multiply, product.Scatter);
    }

    interface IOutput<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ImageTarget<T> Target<V>() where V : struct, IVector<V, T>;
    }

    sealed class PlainOutput<T>(Tensor<T> y) : IOutput<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public ImageTarget<T> Target<V>() where V : struct, IVector<V, T> => new TensorTarget<T>(y);
    }

    sealed class PooledOutput<T>(PoolingGeometry pooling, Tensor<T> y, TapChoice taps) : IOutput<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public ImageTarget<T> Target<V>() where V : struct, IVector<V, T> => new PooledTarget<V, T>(pooling, y, taps);
    }

    readonly struct Forward<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, bool hasRelu, IOutput<T> output)
        : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            var target = output.Target<V>();
            if (!recorder.IsExact && WinogradBatch.IsWorthIt(geometry, V.Count))
            {
                RunWinograd<V, T>(recorder, weight, new TensorSource<T>(x), target, bias, geometry.Padding, isForInput: false, hasRelu);
                return;
            }

            if (!recorder.IsExact && SmallImageTransform<V, T>.IsWorthIt(geometry))
            {
                RunSmallImages<V, T>(recorder, weight, new TensorSource<T>(x), target, bias, isForInput: false, hasRelu);
                return;
            }

            using var scratch = recorder.Arena.OpenScratch();
            var strips = PaddedImages<T>.Record(recorder, scratch, geometry, x);
            var forward = new ConvolutionForward<V, T>(scratch, recorder.Threads, geometry, x, weight, bias, target, hasRelu, strips);
            RunAll(recorder, forward.Pack, forward.Multiply);
        }
    }

    readonly struct Input<T>(IRecorder recorder, ConvolutionGeometry geometry, OutputGradient<T> dy, Tensor<T> weight, Tensor<T> dx)
        : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            if (!recorder.IsExact && WinogradBatch.IsWorthIt(geometry, V.Count))
            {
                // The gradient by the input is a convolution by turned filters, padded by what is left of their size.
                RunWinograd<V, T>(recorder, weight, dy.Source<V>(), new TensorTarget<T>(dx), null, geometry.KernelHeight - 1 - geometry.Padding,
                    isForInput: true, hasRelu: false);
                return;
            }

            if (!recorder.IsExact && SmallImageTransform<V, T>.IsWorthIt(geometry))
            {
                RunSmallImages<V, T>(recorder, weight, dy.Source<V>(), new TensorTarget<T>(dx), null, isForInput: true, hasRelu: false);
                return;
            }

            using var scratch = recorder.Arena.OpenScratch();
            var input = new ConvolutionInput<V, T>(scratch, recorder.Threads, geometry, dy.Source<V>(), weight, dx);
            RunAll(recorder, input.Pack, input.Multiply);
        }
    }

    readonly struct Weight<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, OutputGradient<T> dy, Tensor<T> dw, Tensor<T>? db)
        : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            using var scratch = recorder.Arena.OpenScratch();
            var source = dy.Source<V>();
            if (!recorder.IsExact && WinogradBatch.IsWorthItForWeight(geometry, V.Count))
            {
                var winograd = new WinogradWeight<V, T>(scratch, recorder.Threads, geometry, x, source, dw, db);
                RunAll(recorder, winograd.Multiply, winograd.Sum, winograd.Finish, winograd.SumBias);
                return;
            }

            if (!recorder.IsExact && SmallImageTransform<V, T>.IsWorthIt(geometry))
            {
                var small = new SmallImageWeight<V, T>(scratch, recorder.Threads, x, source, dw, db);
                RunAll(recorder, small.Gather, small.Multiply, small.Finish, small.SumBias);
                return;
            }

            if (PaddedImages<T>.Record(recorder, scratch, geometry, x) is { } strips)
            {
                var transposed = new ConvolutionWeightStrips<V, T>(scratch, recorder.Threads, geometry, strips, source, dw, db);
                RunAll(recorder, transposed.Multiply, transposed.Sum, transposed.SumBias);
                return;
            }

            var gradient = new ConvolutionWeight<V, T>(scratch, recorder.Threads, geometry, x, source, dw, db);
            RunAll(recorder, gradient.Pack, gradient.Multiply, gradient.Sum, gradient.SumBias);
        }
    }
}
