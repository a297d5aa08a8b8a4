namespace Descent.Optimizers;

/// <summary>What a rule must see to move a parameter.</summary>
public enum RuleKind
{
    /// <summary>Each number by itself, with its gradient and what is remembered of it.</summary>
    CoordinateWise,

    /// <summary>Parameters whole: their shapes, norms or products.</summary>
    MatrixWise,

    /// <summary>More than the gradient in place: other gradients of the batch, or products with the Hessian.</summary>
    Reevaluating,
}
