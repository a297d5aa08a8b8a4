namespace Descent.Analysis;

/// <summary>A trajectory beside the plane that it is drawn in.</summary>
/// <param name="Name">Of the optimizer or of the training.</param>
/// <param name="Points">In the order of the trajectory.</param>
public sealed record PathInPlane(string Name, IReadOnlyList<PathPoint> Points);

/// <summary>One point of a trajectory.</summary>
/// <param name="Label">As in <c>step 40</c>.</param>
/// <param name="X">Its coordinate in the plane along the first direction.</param>
/// <param name="Distance">From the plane, in units of the norm of the plane's origin.</param>
/// <param name="Loss">At the point itself.</param>
/// <param name="PlaneLoss">In the plane right below it: the difference is what the picture does not show.</param>
public readonly record struct PathPoint(string Label, double X, double Y, double Distance, double Loss, double PlaneLoss);
