using System.Globalization;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Training;

/// <summary>What a checkpoint holds, taken from and given back to a training.</summary>
static class CheckpointContent
{
    /// <param name="gauges">What the gauges of the training remember.</param>
    /// <param name="more">What else the training remembers, by keys that the position has not.</param>
    public static Checkpoint Take<T>(TrainingPosition position, Parameters<T> parameters, OptimizerRun<T> optimizer, IEnumerable<NamedTensor<T>>? gauges = null,
        IEnumerable<KeyValuePair<string, string>>? more = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NamedArray[] arrays = [.. Tensors(parameters, optimizer).Concat(gauges ?? []).Select(one => one.ToArray())];
        var texts = Texts(position);
        foreach (var (name, text) in more ?? new Dictionary<string, string>())
        {
            texts.Add(name, text);
        }

        texts.Add("gradient_evaluations", Text(optimizer.GradientEvaluations));
        texts.Add("hessian_products", Text(optimizer.HessianProducts));
        foreach (var (name, value) in optimizer.Scalars)
        {
            texts.Add(WeightsFile.StatePrefix + name, value.ToString("R", CultureInfo.InvariantCulture));
        }

        return new Checkpoint(position.Step, arrays, texts);
    }

    /// <summary>The parameters and running statistics as they are, and the position: nothing that only a training needs to go on, unless <paramref name="state"/> is given.</summary>
    /// <param name="state">Whose state goes with them; null for none.</param>
    public static Checkpoint TakeWeights<T>(TrainingPosition position, Parameters<T> parameters, OptimizerRun<T>? state = null) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(position.Step, [.. (state is null ? NamedTensors.Of(parameters) : Tensors(parameters, state)).Select(one => one.ToArray())], Texts(position));

    /// <exception cref="BadInputException">Arrays are missing, too many, or of other shape or type.</exception>
    public static TrainingPosition Restore<T>(Checkpoint checkpoint, Parameters<T> parameters, OptimizerRun<T> optimizer, IEnumerable<NamedTensor<T>>? gauges = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NamedTensor<T>[] tensors = [.. Tensors(parameters, optimizer), .. gauges ?? []];
        tensors.Take(checkpoint.Arrays, "The checkpoint");
        return Position(checkpoint, optimizer);
    }

    /// <summary>The parameters, then each state of the optimizer, as <c>optimizer.exp_avg.fc1.weight</c>.</summary>
    static List<NamedTensor<T>> Tensors<T>(Parameters<T> parameters, OptimizerRun<T> optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        .. NamedTensors.Of(parameters),
        .. optimizer.States.Select(state => new NamedTensor<T>($"{WeightsFile.StatePrefix}{state.Name}.{state.Parameter.Name}",
            state.HasParametersShape ? state.Parameter.Info : new ParameterInfo(state.Parameter.Name, state.Values.Shape, ParameterTraits.None), state.Values)),
    ];

    static TrainingPosition Position<T>(Checkpoint checkpoint, OptimizerRun<T> optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var position = new TrainingPosition(Number("step"), (int)Number("epoch"), (int)Number("batch"), Number("evaluated"), Number("images"),
            double.Parse(Find("seconds"), CultureInfo.InvariantCulture))
        {
            Skipped = Number("skipped"),
            SkippedInRow = Number("skipped_in_row"),
        };
        optimizer.Steps = position.Step - position.Skipped;
        (optimizer.GradientEvaluations, optimizer.HessianProducts) = (Number("gradient_evaluations"), Number("hessian_products"));
        foreach (string name in optimizer.Scalars.Keys.ToList())
        {
            optimizer.Scalars[name] = double.Parse(Find(WeightsFile.StatePrefix + name), CultureInfo.InvariantCulture);
        }

        return position;

        long Number(string name) => long.Parse(Find(name), CultureInfo.InvariantCulture);

        string Find(string name) => checkpoint.Position.TryGetValue(name, out var text) ? text
            : throw new BadInputException($"The checkpoint does not say its {name}.");
    }

    static Dictionary<string, string> Texts(TrainingPosition position) => new()
    {
        ["step"] = Text(position.Step),
        ["epoch"] = Text(position.Epoch),
        ["batch"] = Text(position.Batch),
        ["evaluated"] = Text(position.Evaluated),
        ["skipped"] = Text(position.Skipped),
        ["skipped_in_row"] = Text(position.SkippedInRow),
        ["images"] = Text(position.Images),
        ["seconds"] = position.Seconds.ToString("R", CultureInfo.InvariantCulture),
    };

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
