using System.Diagnostics;
using Descent.Autodiff;
using Descent.Layers;
using Descent.Tensors;
using Descent.Tensors.Kernels;
using Descent.Workloads;

namespace Descent.Benchmarks.Steps;

/// <summary>Where the time of a step goes: the best time of each piece of work, over many replays, and the sum for each kind of op.</summary>
static class StepProfile
{
    const int Replays = 30;

    public static void Run(StepCase step, int threads)
    {
        using var pool = new WorkerPool(threads);
        using var executor = pool.CreateExecutor();
        var model = WorkloadCatalog.Find(step.Workload).CreateModel();
        using var parameters = new Parameters<float>(model.Parameters, model.Statistics);
        InitializationCatalog.Parse("pytorch").Initialize(parameters, 0);
        using var tape = new Tape<float>(executor) { IsExact = step.IsExact };
        bool isTraining = step.Kind != StepKind.Evaluation;
        foreach (var slot in parameters.Slots.Where(_ => isTraining))
        {
            tape.Watch(slot.Value);
        }

        var images = tape.Constant(model.Batch(step.BatchSize), 0);
        var stream = new RandomStream(1, StreamPurpose.Noise, 0);
        foreach (ref float value in images.Span)
        {
            value = (float)stream.NextNormal();
        }

        var loss = tape.SoftmaxCrossEntropy(model.Forward(tape, parameters, images, isTraining ? Mode.Training : Mode.Evaluation), tape.Labels(step.BatchSize));
        if (isTraining)
        {
            tape.GradientInto(loss, parameters);
        }

        Print(tape, executor);
    }

    static void Print(Tape<float> tape, Executor executor)
    {
        var program = tape.Program.ToArray();
        double[] best = [.. Enumerable.Repeat(double.MaxValue, program.Length)];
        for (int replay = 0; replay < Replays; replay++)
        {
            for (int i = 0; i < program.Length; i++)
            {
                long start = Stopwatch.GetTimestamp();
                executor.Run(program[i].Work);
                best[i] = Math.Min(best[i], Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        Console.WriteLine($"{best.Sum():F2} ms in {program.Length} pieces of work, {tape.Arena.PeakBytes >> 20} MiB");
        foreach (var (op, time) in program.Zip(best).GroupBy(x => x.First.Op, x => x.Second).Select(group => (group.Key, group.Sum())).OrderByDescending(x => x.Item2))
        {
            Console.WriteLine($"{time,9:F3} ms  {op}");
        }

        Console.WriteLine();
        foreach (var ((op, shape, work), time) in program.Zip(best))
        {
            string type = work.Body.Method.DeclaringType?.Name ?? "";
            Console.WriteLine($"{time,9:F3} ms  {op} {shape}  {type}.{work.Body.Method.Name} × {work.Chunks}");
        }
    }
}
