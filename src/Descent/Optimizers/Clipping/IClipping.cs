using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Optimizers.Clipping;

/// <summary>A way to clip gradients: a record whose constructor's parameters are the hyperparameters, each with default and range, marked
/// with <see cref="ClippingAttribute"/>.</summary>
/// <remarks>A step takes the gradient of the whole batch, its norm, clips once, and updates. A gradient that is not finite is never
/// clipped: clipping would spread it over all parameters.</remarks>
public interface IClipping : ICatalogRecord
{
    /// <summary>Begins to clip the gradients of a training.</summary>
    ClippingRun<T> Start<T>(Parameters<T> parameters, Executor executor) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>Makes a record an entry of the catalog of clippings.</summary>
/// <param name="name">Lower case, words joined by <c>-</c>.</param>
public sealed class ClippingAttribute(string name) : CatalogRecordAttribute(name);

/// <summary>The ways to clip that there are: the records of this folder.</summary>
public static class ClippingCatalog
{
    static readonly Lazy<RecordCatalog<IClipping>> all = new(() => new("a clipping", typeof(ClippingCatalog).Assembly));

    /// <summary>Made at the first use.</summary>
    public static RecordCatalog<IClipping> Default => all.Value;
}
