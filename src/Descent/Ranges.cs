using System.Globalization;

namespace Descent;

/// <summary>The range of a hyperparameter, on the parameter of the record's constructor.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public abstract class RangeAttribute : Attribute
{
    /// <summary>What must hold, as it ends a sentence that begins with the hyperparameter's name.</summary>
    public abstract string Rule { get; }

    public abstract bool Contains(double value);

    /// <summary>As in <c>adamw: beta1 must lie in [0, 1), got 1.2.</c></summary>
    public string Message(string owner, string name, double value) =>
        $"{owner}: {name} must {Rule}, got {value.ToString("R", CultureInfo.InvariantCulture)}.";
}

/// <summary>Larger than zero and finite.</summary>
public sealed class PositiveAttribute : RangeAttribute
{
    public override string Rule => "be positive";

    public override bool Contains(double value) => value > 0 && double.IsFinite(value);
}

/// <summary>Zero or larger, and finite.</summary>
public sealed class NonNegativeAttribute : RangeAttribute
{
    public override string Rule => "be zero or positive";

    public override bool Contains(double value) => value >= 0 && double.IsFinite(value);
}

/// <summary>In [0, 1].</summary>
public sealed class UnitIntervalAttribute : RangeAttribute
{
    public override string Rule => "lie in [0, 1]";

    public override bool Contains(double value) => value is >= 0 and <= 1;
}

/// <summary>In [0, 1).</summary>
public sealed class FractionAttribute : RangeAttribute
{
    public override string Rule => "lie in [0, 1)";

    public override bool Contains(double value) => value is >= 0 and < 1;
}

/// <summary>A whole number from a least one on.</summary>
public sealed class WholeAttribute(double least) : RangeAttribute
{
    public double Least { get; } = least;

    public override string Rule => string.Create(CultureInfo.InvariantCulture, $"be a whole number of at least {Least}");

    public override bool Contains(double value) => value >= Least && value == Math.Floor(value) && double.IsFinite(value);
}
