namespace Descent.Layers;

/// <summary>What a forward pass is for.</summary>
public enum Mode
{
    /// <summary>Batch norm takes its statistics from the batch and moves the running ones; dropout drops.</summary>
    Training,

    /// <summary>Batch norm takes the running statistics, dropout passes everything; nothing is random and nothing moves.</summary>
    Evaluation,
}
