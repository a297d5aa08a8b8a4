namespace Descent.Tensors.Kernels;

/// <summary>Two-dimensional convolutions of images [N, H, W, C] by filters [F, KH, KW, C], and their two gradients. The three are each other's gradients.</summary>
public static class Convolution
{
    /// <summary>y [N, H′, W′, F] = x * w (+ bias [F]) (then max(·, 0)).</summary>
    public static void RecordForward<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, Tensor<T> y, bool hasRelu)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Forward<T>(recorder, geometry, x, weight, bias, y, hasRelu);
        VectorWidth.Run<T, Forward<T>>(ref action);
    }

    /// <summary>dx [N, H, W, C] from dy [N, H′, W′, F] and w.</summary>
    public static void RecordInput<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> dy, Tensor<T> weight, Tensor<T> dx)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Input<T>(recorder, geometry, dy, weight, dx);
        VectorWidth.Run<T, Input<T>>(ref action);
    }

    /// <summary>dw [F, KH, KW, C] from x and dy.</summary>
    public static void RecordWeight<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> dy, Tensor<T> dw)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var action = new Weight<T>(recorder, geometry, x, dy, dw);
        VectorWidth.Run<T, Weight<T>>(ref action);
    }

    static void RunWinograd<V, T>(IRecorder recorder, Tensor<T> weight, Tensor<T> source, Tensor<T> target, Tensor<T>? bias, int padding, bool isForInput, bool hasRelu)
        where V : struct, IVector<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var scratch = recorder.Arena.OpenScratch();
        var filters = new WinogradFilters<V, T>(scratch, weight, isForInput);
        recorder.Run(filters.Transform);
        recorder.Run(filters.Pack);
        recorder.Run(new WinogradProduct<V, T>(scratch, recorder.Threads, source, target, filters, bias, padding, hasRelu).Multiply);
    }

    readonly struct Forward<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> weight, Tensor<T>? bias, Tensor<T> y, bool hasRelu)
        : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            if (!recorder.IsExact && WinogradBatch.IsWorthIt(geometry, V.Count))
            {
                RunWinograd<V, T>(recorder, weight, x, y, bias, geometry.Padding, isForInput: false, hasRelu);
                return;
            }

            using var scratch = recorder.Arena.OpenScratch();
            var strips = PaddedImages<T>.Record(recorder, scratch, geometry, x);
            var forward = new ConvolutionForward<V, T>(scratch, geometry, x, weight, bias, y, hasRelu, strips);
            recorder.Run(forward.Pack);
            recorder.Run(forward.Multiply);
        }
    }

    readonly struct Input<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> dy, Tensor<T> weight, Tensor<T> dx)
        : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            if (!recorder.IsExact && WinogradBatch.IsWorthIt(geometry, V.Count))
            {
                // The gradient by the input is a convolution by turned filters, padded by what is left of their size.
                RunWinograd<V, T>(recorder, weight, dy, dx, null, geometry.KernelHeight - 1 - geometry.Padding, isForInput: true, hasRelu: false);
                return;
            }

            using var scratch = recorder.Arena.OpenScratch();
            var input = new ConvolutionInput<V, T>(scratch, geometry, dy, weight, dx);
            recorder.Run(input.Pack);
            recorder.Run(input.Multiply);
        }
    }

    readonly struct Weight<T>(IRecorder recorder, ConvolutionGeometry geometry, Tensor<T> x, Tensor<T> dy, Tensor<T> dw)
        : IVectorAction<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<V>() where V : struct, IVector<V, T>
        {
            using var scratch = recorder.Arena.OpenScratch();
            if (!recorder.IsExact && WinogradBatch.IsWorthItForWeight(geometry, V.Count))
            {
                var winograd = new WinogradWeight<V, T>(scratch, recorder.Threads, geometry, x, dy, dw);
                recorder.Run(winograd.Multiply);
                recorder.Run(winograd.Sum);
                recorder.Run(winograd.Finish);
                return;
            }

            if (PaddedImages<T>.Record(recorder, scratch, geometry, x) is { } strips)
            {
                var transposed = new ConvolutionWeightStrips<V, T>(scratch, geometry, strips, dy, dw);
                recorder.Run(transposed.Multiply);
                recorder.Run(transposed.Sum);
                return;
            }

            var gradient = new ConvolutionWeight<V, T>(scratch, recorder.Threads, geometry, x, dy, dw);
            foreach (var work in (Work?[])[gradient.Pack, gradient.Multiply, gradient.Sum])
            {
                if (work is { } own)
                {
                    recorder.Run(own);
                }
            }
        }
    }
}
