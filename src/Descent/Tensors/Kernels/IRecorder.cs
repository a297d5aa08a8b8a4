namespace Descent.Tensors.Kernels;

/// <summary>Runs work and remembers it, so that it can be replayed on the same memory. Kernels take their scratch memory from its arena.</summary>
public interface IRecorder
{
    Arena Arena { get; }

    void Run(Work work);
}
