using Descent.Tensors;

namespace Descent.Optimizers;

/// <summary>What rules remember: a buffer for each name, with a part for each parameter that has the state, in the model's order.</summary>
sealed class OptimizerStates<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    readonly Arena arena = new();
    readonly Dictionary<string, Tensor<T>> buffers = [];
    readonly Dictionary<(string Name, string Parameter), Tensor<T>> parts = [];
    readonly List<OptimizerState<T>> all = [];

    /// <param name="wanted">The states of each rule, in order, with the parameters that have them.</param>
    /// <exception cref="ArgumentException">Two rules keep one state for one parameter.</exception>
    public OptimizerStates(IReadOnlyList<Parameter<T>> slots, IEnumerable<(StateInfo State, Parameter<T> Slot)> wanted)
    {
        var byName = wanted.GroupBy(x => x.State.Name).ToList();
        Names = [.. byName.Select(x => x.Key)];
        foreach (var states in byName)
        {
            var shapes = new Dictionary<string, Shape>();
            foreach (var (state, slot) in states)
            {
                if (!shapes.TryAdd(slot.Name, state.Shape))
                {
                    throw new ArgumentException($"Two rules keep a state \"{states.Key}\" for {slot.Name}.");
                }
            }

            Add(states.Key, [.. slots.Where(slot => shapes.ContainsKey(slot.Name)).Select(slot => (slot, shapes[slot.Name]))]);
        }
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>By name of the state, then in the model's order.</summary>
    public IReadOnlyList<OptimizerState<T>> All => all;

    public Tensor<T> Buffer(string name) => buffers.TryGetValue(name, out var buffer) ? buffer
        : throw new ArgumentException($"The optimizer has no state \"{name}\".{NearestName.Hint(name, Names)}");

    public Tensor<T>? Of(string name, Parameter<T> slot) => parts.GetValueOrDefault((name, slot.Name));

    public void Dispose() => arena.Dispose();

    void Add(string name, (Parameter<T> Slot, Shape Shape)[] members)
    {
        var buffer = arena.Allocate<T>(new Shape(checked(members.Sum(x => x.Shape.Count))));
        buffers.Add(name, buffer);
        int start = 0;
        foreach (var (slot, shape) in members)
        {
            var part = buffer.Slice(start, shape);
            parts.Add((name, slot.Name), part);
            all.Add(new OptimizerState<T>(name, slot, part));
            start += shape.Count;
        }
    }
}

/// <summary>What an optimizer remembers of one parameter under one name.</summary>
public sealed record OptimizerState<T>(string Name, Parameter<T> Parameter, Tensor<T> Values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it has the parameter's shape, and so its layout in files.</summary>
    public bool HasParametersShape => Values.Shape == Parameter.Info.Shape;
}
