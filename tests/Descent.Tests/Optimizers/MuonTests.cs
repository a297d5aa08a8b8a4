using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Tests.Optimizers;

/// <summary>What the small matrices of the golden rows do not show: filters, and steps as long as their flattened shapes say.</summary>
public class MuonTests
{
    public static TheoryData<string> Scales => ["jordan", "moonlight", "scion"];

    [Theory]
    [MemberData(nameof(Scales))]
    public void AFilterIsARowOfAMatrix(string scale)
    {
        using var filters = new OptimizerAtWork<float>(new Muon(Scale: scale), [Weight(new(40, 3, 3, 2)), Weight(new(10, 3, 5, 7))]).Start(1).Steps(3, 2);
        using var matrices = new OptimizerAtWork<float>(new Muon(Scale: scale), [Weight(new(40, 18)), Weight(new(10, 105))]).Start(1).Steps(3, 2);

        Assert.Equal(matrices.Values, filters.Values);
    }

    /// <summary>Orthogonal to the last digit by many steps of the set that converges, a matrix of r rows and c columns has the norm √min(r, c).</summary>
    [Theory]
    [InlineData("jordan", 40, 18, 1.4907119849998598)]
    [InlineData("jordan", 10, 105, 1)]
    [InlineData("moonlight", 40, 18, 1.2649110640673518)]
    [InlineData("moonlight", 10, 105, 2.0493901531919194)]
    [InlineData("scion", 40, 18, 1.4907119849998598)]
    [InlineData("scion", 10, 105, 0.30860669992418382)]
    public void AStepIsAsLongAsTheScaleOfTheFlattenedShapeSays(string scale, int rows, int columns, double s)
    {
        var muon = new Muon(LearningRate: 0.5, Momentum: 0, Nesterov: false, NewtonSchulzSteps: 60, Coefficients: "taylor", Scale: scale);
        Shape[] shapes = [new(rows, columns), new(rows, 3, columns / 3, 1)];
        Assert.All(shapes, shape =>
        {
            using var work = new OptimizerAtWork<double>(muon, [Weight(shape)]).Start(1);
            double[] before = work.Values.ToArray();
            _ = work.Steps(1, 2);

            double length = Math.Sqrt(before.Zip(work.Values.ToArray(), (x, y) => (y - x) * (y - x)).Sum());
            Assert.Equal(0.5 * s * Math.Sqrt(Math.Min(rows, columns)), length, 1e-9);
        });
    }

    static ParameterInfo Weight(Shape shape) => new($"hidden{shape.Count}.weight", shape, ParameterTraits.Weight);
}
