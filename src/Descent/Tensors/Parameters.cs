namespace Descent.Tensors;

/// <summary>All parameters of a model, one after another in one buffer, and their gradients in another: an update, a norm or a clip is one
/// pass over one span.</summary>
public sealed class Parameters<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly Parameter<T>[] slots;
    readonly Statistic<T>[] statistics;

    /// <param name="infos">What is trained.</param>
    /// <param name="running">What is kept beside it: running means and variances. They begin at their start values.</param>
    /// <exception cref="ArgumentException">Two bear one name, or there are no parameters.</exception>
    public Parameters(IReadOnlyList<ParameterInfo> infos, IReadOnlyList<ParameterInfo>? running = null)
    {
        string[] names = [.. infos.Concat(running ?? []).Select(info => info.Name)];
        if (infos.Count == 0 || names.Distinct().Count() != names.Length)
        {
            throw new ArgumentException($"Parameters need distinct names, got: {string.Join(", ", names)}.");
        }

        Values = arena.Allocate<T>(new Shape(checked(infos.Sum(info => info.Shape.Count))));
        Gradients = arena.Allocate<T>(Values.Shape);
        slots = new Parameter<T>[infos.Count];
        for (int i = 0, start = 0; i < slots.Length; start += infos[i].Shape.Count, i++)
        {
            var shape = infos[i].Shape;
            slots[i] = new Parameter<T>(infos[i], start, Values.Slice(start, shape), Gradients.Slice(start, shape));
        }

        statistics = [.. (running ?? []).Select(info => new Statistic<T>(info, arena.Allocate<T>(info.Shape)))];
        foreach (var statistic in statistics)
        {
            statistic.Value.Span.Fill(T.CreateTruncating(statistic.Info.StartValue));
        }
    }

    /// <summary>All numbers, [count].</summary>
    public Tensor<T> Values { get; }

    /// <summary>The gradient of the loss by all of them, [count].</summary>
    public Tensor<T> Gradients { get; }

    /// <summary>The parameters in the model's order.</summary>
    public IReadOnlyList<Parameter<T>> Slots => slots;

    /// <summary>The running statistics of normalization layers, in the model's order.</summary>
    public IReadOnlyList<Statistic<T>> Statistics => statistics;

    public int Count => Values.Count;

    public Parameter<T> this[string name] => slots.FirstOrDefault(slot => slot.Name == name)
        ?? throw new ArgumentException($"The model has no parameter \"{name}\".{NearestName.Hint(name, slots.Select(slot => slot.Name))}");

    public void Dispose() => arena.Dispose();
}
