namespace Descent.Training;

/// <summary>How far the measuring of whole splits is.</summary>
/// <param name="Epoch">The epoch that has just ended; 0 before the first step.</param>
/// <param name="Images">Images measured.</param>
/// <param name="Total">Images to measure, all splits together.</param>
public readonly record struct EvaluationProgress(int Epoch, int Images, int Total);
