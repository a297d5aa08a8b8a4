namespace Descent.Training;

/// <summary>How the losses of a batch's images become the number whose gradient is taken.</summary>
enum Reduction
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their sum: of a piece of a batch, so that pieces of any sizes can be added and divided once.</summary>
    Sum,
}
