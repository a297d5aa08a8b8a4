using Descent.Tensors;

namespace Descent.Analysis;

/// <summary>Writes the gradient at <paramref name="w"/> and returns the loss there.</summary>
/// <param name="w">All parameters, row-major.</param>
/// <param name="t">Steps taken before: problems that drift change with it.</param>
/// <param name="gradient">As long as <paramref name="w"/>.</param>
public delegate double LossAndGradient(ReadOnlySpan<double> w, int t, Span<double> gradient);

/// <summary>Writes the Hessian at <paramref name="w"/>, row by row.</summary>
/// <param name="w">All parameters, row-major.</param>
/// <param name="t">Steps taken before.</param>
/// <param name="hessian">As long as the square of <paramref name="w"/>'s length.</param>
public delegate void SecondDerivatives(ReadOnlySpan<double> w, int t, Span<double> hessian);

/// <summary>A small function with exact gradient, on which the path of an optimizer can be seen and compared.</summary>
/// <param name="Name">As in <c>rosenbrock</c>.</param>
/// <param name="Formula">The loss in the letters of the field.</param>
/// <param name="Shape">Of the one parameter; rules that see matrices see this one.</param>
/// <param name="Start">Where a trajectory begins unless told otherwise, row-major.</param>
/// <param name="Minima">The points of least loss that are known in closed form or published; none where the loss has no least value or
/// changes with t.</param>
/// <param name="Evaluate">Loss and gradient, in double.</param>
/// <param name="Hessian">In double.</param>
public sealed record TestProblem(
    string Name, string Formula, Shape Shape, IReadOnlyList<double> Start, IReadOnlyList<IReadOnlyList<double>> Minima,
    LossAndGradient Evaluate, SecondDerivatives Hessian)
{
    static readonly Lazy<IReadOnlyList<TestProblem>> all = new(() =>
        [.. new[] { PlaneProblems.All, DriftProblems.All }.SelectMany(x => x).OrderBy(x => x.Name, StringComparer.Ordinal)]);

    /// <summary>By name.</summary>
    public static IReadOnlyList<TestProblem> All => all.Value;

    /// <summary>The number of parameters.</summary>
    public int Dimension => Shape.Count;

    /// <exception cref="BadInputException">There is no problem of this name; the nearest is suggested.</exception>
    public static TestProblem Find(string name) => All.FirstOrDefault(x => x.Name == name)
        ?? throw new BadInputException($"{name} is not a test problem.{NearestName.Hint(name, All.Select(x => x.Name))}");
}
