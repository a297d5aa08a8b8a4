using System.Reflection;
using Descent.Optimizers;

namespace Descent.Tests.Optimizers;

public class InliningTests
{
    /// <summary>A formula that is called instead of inlined costs its rule most of its speed, and nothing else shows it.</summary>
    [Fact]
    public void EveryFormulaIsInlined()
    {
        var formulas = typeof(IOptimizer).Assembly.GetTypes().Where(type => type.IsValueType)
            .Where(type => type.GetInterfaces().Any(face => face.Name.StartsWith("ICoordinateRule", StringComparison.Ordinal)))
            .Select(type => type.GetMethod("Apply")!).ToList();
        Assert.NotEmpty(formulas);
        Assert.All(formulas, method => Assert.True(method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining),
            $"{method.DeclaringType} lacks [MethodImpl(MethodImplOptions.AggressiveInlining)] on Apply."));
    }
}
