using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;
using Descent.Tensors.Kernels;

namespace Descent.Training;

/// <summary>What is measured along a training at an interval, beside loss and gradient norm. A gauge looks and changes nothing: the training has the same bits with and
/// without it.</summary>
public interface IGauge
{
    /// <summary>What studies and records call it: one word.</summary>
    string Name { get; }

    /// <summary>Makes it ready for one training, before the first step.</summary>
    /// <exception cref="BadInputException">It does not go with the training's data or model.</exception>
    IGaugeRun<T> Start<T>(GaugedTraining<T> training) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>A gauge at work on one training. It is called for the steps that are due alone, so the others cost nothing.</summary>
public interface IGaugeRun<T> : IDisposable where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What the values of a reading are, in their order: <c>gradient_norm.fc1.weight</c>.</summary>
    IReadOnlyList<string> Metrics { get; }

    /// <summary>Whether there is a reading after this step; step 0 is before the first one.</summary>
    bool IsDue(long step);

    /// <summary>The parameters are as the step finds them.</summary>
    void BeforeStep()
    {
    }

    /// <summary>The gradient of the step's batch lies in its buffer, before clipping.</summary>
    void AtGradient()
    {
    }

    /// <summary>Measures after the step.</summary>
    /// <param name="scheduleFactor">What the step's learning rate was multiplied by.</param>
    /// <param name="values">As many as <see cref="Metrics"/>; NaN for what could not be measured.</param>
    void Measure(long step, double scheduleFactor, Span<double> values);

    /// <summary>What it remembers from one reading to the next: a checkpoint keeps it, so that a resumed training has the same readings.</summary>
    IReadOnlyList<NamedTensor<T>> Memory => [];
}

/// <summary>What a gauge may look at.</summary>
/// <param name="Executor">Belongs to the thread that trains.</param>
/// <param name="Optimizer">At work on the parameters.</param>
public sealed record GaugedTraining<T>(Executor Executor, TrainingSettings Settings, TrainingData Data, Parameters<T> Parameters, OptimizerRun<T> Optimizer)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;

/// <summary>What a gauge read.</summary>
/// <param name="Gauge">Its name.</param>
/// <param name="Step">Steps taken before: 0 is before the first.</param>
/// <param name="Metrics">What the values are.</param>
/// <param name="Values">As many as metrics; NaN for what could not be measured.</param>
/// <param name="Seconds">What the reading cost. A clock reading; it is no part of the training's own seconds.</param>
public sealed record GaugeReading(string Gauge, long Step, IReadOnlyList<string> Metrics, IReadOnlyList<double> Values, double Seconds);
