using Descent.Optimizers;

namespace Descent.Training;

/// <summary>What the schedules of a training multiply, by the keys under which studies, trials and checkpoints know them.</summary>
public static class ScheduleTarget
{
    public const string LearningRate = "schedule", WeightDecay = "weight_decay_schedule", Momentum = "momentum_schedule";

    /// <summary>The hyperparameter that a schedule multiplies: the weight decay, or the momentum, of rules without one β₁.</summary>
    /// <param name="key"><see cref="WeightDecay"/> or <see cref="Momentum"/>.</param>
    /// <param name="rule">The optimizer's description.</param>
    /// <param name="optimizer">With the value that is multiplied.</param>
    /// <exception cref="BadInputException">The rule has no such hyperparameter, or it is 0.</exception>
    public static Hyperparameter Find(string key, OptimizerDescription rule, IOptimizer optimizer)
    {
        string[] names = key == WeightDecay ? ["weight_decay"] : ["momentum", "beta1"];
        var hyperparameter = rule.Hyperparameters.FirstOrDefault(x => names.Contains(x.Name))
            ?? throw new BadInputException($"{key}: {rule.Name} has no {string.Join(" and no ", names)}.");
        return (double)hyperparameter.Value(optimizer) != 0 ? hyperparameter
            : throw new BadInputException($"{key} multiplies {hyperparameter.Name}, which is 0 for {rule.Name}.");
    }
}
