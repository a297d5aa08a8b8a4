namespace Descent.Tensors;

/// <summary>All parameters of a model, one after another in one buffer, and their gradients in another: an update, a norm or a clip is one
/// pass over one span.</summary>
public sealed class Parameters<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly Parameter<T>[] slots;

    /// <exception cref="ArgumentException">Two parameters bear one name, or there are none.</exception>
    public Parameters(IReadOnlyList<ParameterInfo> infos)
    {
        if (infos.Count == 0 || infos.Select(info => info.Name).Distinct().Count() != infos.Count)
        {
            throw new ArgumentException($"Parameters need distinct names, got: {string.Join(", ", infos.Select(info => info.Name))}.");
        }

        Values = arena.Allocate<T>(new Shape(checked(infos.Sum(info => info.Shape.Count))));
        Gradients = arena.Allocate<T>(Values.Shape);
        slots = new Parameter<T>[infos.Count];
        for (int i = 0, start = 0; i < slots.Length; start += infos[i].Shape.Count, i++)
        {
            var shape = infos[i].Shape;
            slots[i] = new Parameter<T>(infos[i], start, Values.Slice(start, shape), Gradients.Slice(start, shape));
        }
    }

    /// <summary>All numbers, [count].</summary>
    public Tensor<T> Values { get; }

    /// <summary>The gradient of the loss by all of them, [count].</summary>
    public Tensor<T> Gradients { get; }

    /// <summary>The parameters in the model's order.</summary>
    public IReadOnlyList<Parameter<T>> Slots => slots;

    public int Count => Values.Count;

    public Parameter<T> this[string name] => slots.FirstOrDefault(slot => slot.Name == name)
        ?? throw new ArgumentException($"The model has no parameter \"{name}\".{NearestName.Hint(name, slots.Select(slot => slot.Name))}");

    public void Dispose() => arena.Dispose();
}
