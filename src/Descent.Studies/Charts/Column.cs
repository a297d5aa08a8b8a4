namespace Descent.Studies.Charts;

/// <summary>The values of a trace along one axis: numbers, or the names of categories. NaN and the infinities are gaps.</summary>
public sealed class Column
{
    readonly double[] numbers;
    readonly string[] names;

    Column(double[] numbers, string[] names) => (this.numbers, this.names) = (numbers, names);

    public static Column Empty { get; } = new([], []);

    /// <summary>The column uses the array itself: ten million points are not copied.</summary>
    public static Column Of(double[] numbers) => new(numbers, []);

    public static Column Of(IEnumerable<string> names) => new([], [.. names]);

    public static implicit operator Column(double[] numbers) => Of(numbers);

    public static implicit operator Column(string[] names) => Of(names);

    public bool HasNames => names.Length > 0;

    public int Count => Math.Max(numbers.Length, names.Length);

    public ReadOnlySpan<double> Numbers => numbers;

    public ReadOnlySpan<string> Names => names;

    /// <summary>The numbers themselves, or the places of the names in the list of an axis.</summary>
    internal double[] Places(IReadOnlyDictionary<string, int> axis) => HasNames ? [.. names.Select(name => (double)axis[name])] : numbers;
}
