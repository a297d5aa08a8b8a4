using Descent.Tensors;

namespace Descent.Autodiff;

/// <summary>From an op's recorded output and the gradient of the loss by it to the gradients by the op's inputs, in their order.</summary>
/// <remarks>Written with ops on recorded tensors, so that it can be differentiated again. Each input's gradient is a function of its own, called
/// only if somebody wants it: the first layer of a network never computes the gradient by the images. An entry is null where an input has
/// no gradient by nature (labels, masks).</remarks>
public delegate Func<Tensor<T>>?[] Backward<T>(Tensor<T> y, Tensor<T> dy) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
