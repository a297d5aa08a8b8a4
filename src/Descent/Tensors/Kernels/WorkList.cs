namespace Descent.Tensors.Kernels;

/// <summary>Work that is recorded without being run, and run as often as wanted: products for which no gradient is needed.</summary>
/// <param name="executor">Runs the work; it outlives the list.</param>
/// <param name="arena">What kernels take their memory from.</param>
public sealed class WorkList(Executor executor, Arena arena) : IRecorder
{
    readonly List<Work> program = [];

    public Arena Arena => arena;

    public int Threads => executor.Threads;

    public bool IsExact => true;

    /// <summary>Adds to the list.</summary>
    public void Run(Work work) => program.Add(work);

    /// <summary>Runs the list from front to back. Allocates nothing.</summary>
    public void Run()
    {
        foreach (var work in program)
        {
            executor.Run(work);
        }
    }
}
