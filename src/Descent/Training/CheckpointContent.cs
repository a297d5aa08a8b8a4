using System.Globalization;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Training;

/// <summary>What a checkpoint holds, taken from and given back to a training.</summary>
static class CheckpointContent
{
    public static Checkpoint Take<T>(TrainingPosition position, Parameters<T> parameters, OptimizerRun<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NamedArray[] arrays = [.. Tensors(parameters, optimizer).Select(one => one.ToArray())];
        return new Checkpoint(position.Step, arrays, new Dictionary<string, string>
        {
            ["step"] = Text(position.Step),
            ["epoch"] = Text(position.Epoch),
            ["batch"] = Text(position.Batch),
            ["evaluated"] = Text(position.Evaluated),
            ["images"] = Text(position.Images),
            ["seconds"] = position.Seconds.ToString("R", CultureInfo.InvariantCulture),
        });
    }

    /// <exception cref="BadInputException">Arrays are missing, too many, or of other shape or type.</exception>
    public static TrainingPosition Restore<T>(Checkpoint checkpoint, Parameters<T> parameters, OptimizerRun<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tensors(parameters, optimizer).Take(checkpoint.Arrays, "The checkpoint");
        return Position(checkpoint, optimizer);
    }

    /// <summary>The parameters, then each state of the optimizer, as <c>optimizer.exp_avg.fc1.weight</c>.</summary>
    static List<NamedTensor<T>> Tensors<T>(Parameters<T> parameters, OptimizerRun<T> optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
    [
        .. NamedTensors.Of(parameters),
        .. optimizer.StateNames.SelectMany(_ => parameters.Slots, (state, slot) => new NamedTensor<T>($"{WeightsFile.StatePrefix}{state}.{slot.Name}", slot.Info,
            optimizer.State(state).Slice(slot.Start, slot.Info.Shape))),
    ];

    static TrainingPosition Position<T>(Checkpoint checkpoint, OptimizerRun<T> optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var position = new TrainingPosition(Number("step"), (int)Number("epoch"), (int)Number("batch"), Number("evaluated"), Number("images"),
            double.Parse(Find("seconds"), CultureInfo.InvariantCulture));
        optimizer.Steps = position.Step;
        return position;

        long Number(string name) => long.Parse(Find(name), CultureInfo.InvariantCulture);

        string Find(string name) => checkpoint.Position.TryGetValue(name, out var text) ? text
            : throw new BadInputException($"The checkpoint does not say its {name}.");
    }

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
