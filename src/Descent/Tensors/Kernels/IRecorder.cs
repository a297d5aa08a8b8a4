namespace Descent.Tensors.Kernels;

/// <summary>Runs work and remembers it, so that it can be replayed on the same memory. Kernels take their scratch memory from its arena.</summary>
public interface IRecorder
{
    Arena Arena { get; }

    /// <summary>How many chunks may run at the same time.</summary>
    int Threads { get; }

    /// <summary>Whether convolutions are summed tap by tap, without Winograd's transforms.</summary>
    bool IsExact { get; }

    void Run(Work work);
}
