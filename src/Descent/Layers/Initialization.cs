using System.Globalization;
using Descent.Tensors;

namespace Descent.Layers;

/// <summary>How a training's parameters start: a scheme with its settings, as a study names it.</summary>
/// <remarks>Each parameter draws from a stream of its own, keyed by the seed and its number in the model; draws are doubles that are rounded to
/// the element type, so float and double start alike. Scales and shifts of normalization layers start at 1 and 0 under every scheme.</remarks>
public abstract record Initialization
{
    /// <summary>The scheme with all its settings, as in <c>he(fan=in, distribution=normal, gain=relu)</c>: equal texts, equal numbers.</summary>
    public abstract string Canonical { get; }

    /// <summary>Writes the values of all parameters.</summary>
    public void Initialize<T>(Parameters<T> parameters, ulong seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < parameters.Slots.Count; i++)
        {
            var slot = parameters.Slots[i];
            var stream = new RandomStream(seed, StreamPurpose.Initialization, (ulong)i);
            StartOf(slot.Info).Fill(slot.Value.Span, ref stream);
        }
    }

    public sealed override string ToString() => Canonical;

    /// <summary>What the numbers of a weight, or of a bias, are drawn from.</summary>
    private protected abstract StartValues Draws(ParameterInfo parameter);

    /// <summary>As it stands in <see cref="Canonical"/>.</summary>
    private protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    StartValues StartOf(ParameterInfo parameter) => parameter.Traits.HasFlag(ParameterTraits.Normalization)
        ? StartValues.Constant(parameter.Traits.HasFlag(ParameterTraits.Weight) ? 1 : 0)
        : Draws(parameter);
}
