using System.Globalization;
using Descent.Formats;
using Descent.Optimizers;
using Descent.Tensors;

namespace Descent.Training;

/// <summary>What a checkpoint holds, taken from and given back to a training.</summary>
static class CheckpointContent
{
    const string StatePrefix = "optimizer.";

    public static Checkpoint Take<T>(TrainingPosition position, Parameters<T> parameters, OptimizerRun<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var arrays = new List<NamedArray>();
        foreach (var slot in parameters.Slots)
        {
            arrays.Add(NamedArray.Copy<T>(slot.Name, slot.Info.Shape.ToArray(), slot.Value.Span));
        }

        foreach (var state in optimizer.StateNames)
        {
            foreach (var slot in parameters.Slots)
            {
                arrays.Add(NamedArray.Copy<T>(StateName(state, slot), slot.Info.Shape.ToArray(), Part(optimizer, state, slot)));
            }
        }

        return new Checkpoint(position.Step, arrays, new Dictionary<string, string>
        {
            ["step"] = Text(position.Step),
            ["epoch"] = Text(position.Epoch),
            ["batch"] = Text(position.Batch),
            ["images"] = Text(position.Images),
            ["seconds"] = position.Seconds.ToString("R", CultureInfo.InvariantCulture),
        });
    }

    /// <exception cref="BadInputException">Arrays are missing, too many, or of other shape or type.</exception>
    public static TrainingPosition Restore<T>(Checkpoint checkpoint, Parameters<T> parameters, OptimizerRun<T> optimizer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var arrays = checkpoint.Arrays.ToDictionary(array => array.Name);
        foreach (var slot in parameters.Slots)
        {
            Copy(arrays, slot.Name, slot.Info.Shape, slot.Value.Span);
            foreach (var state in optimizer.StateNames)
            {
                Copy(arrays, StateName(state, slot), slot.Info.Shape, Part(optimizer, state, slot));
            }
        }

        int count = parameters.Slots.Count * (1 + optimizer.StateNames.Count);
        return arrays.Count == count ? Position(checkpoint, optimizer)
            : throw new BadInputException($"The checkpoint holds {arrays.Count} arrays, the model with its optimizer has {count}.");
    }

    static TrainingPosition Position<T>(Checkpoint checkpoint, OptimizerRun<T> optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var position = new TrainingPosition(Number("step"), (int)Number("epoch"), (int)Number("batch"), Number("images"),
            double.Parse(Find("seconds"), CultureInfo.InvariantCulture));
        optimizer.Steps = position.Step;
        return position;

        long Number(string name) => long.Parse(Find(name), CultureInfo.InvariantCulture);

        string Find(string name) => checkpoint.Position.TryGetValue(name, out var text) ? text
            : throw new BadInputException($"The checkpoint does not say its {name}.");
    }

    static void Copy<T>(Dictionary<string, NamedArray> arrays, string name, Shape shape, Span<T> target) where T : unmanaged
    {
        if (!arrays.TryGetValue(name, out var array))
        {
            throw new BadInputException($"The checkpoint has no array \"{name}\".{NearestName.Hint(name, arrays.Keys)}");
        }

        if (!array.Shape.SequenceEqual(shape.ToArray()))
        {
            throw new BadInputException($"The checkpoint's array \"{name}\" has shape [{string.Join(", ", array.Shape)}], needed is {shape}.");
        }

        array.Values<T>().CopyTo(target);
    }

    static Span<T> Part<T>(OptimizerRun<T> optimizer, string state, Parameter<T> slot) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        optimizer.State(state).Span.Slice(slot.Start, slot.Count);

    static string StateName<T>(string state, Parameter<T> slot) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        $"{StatePrefix}{state}.{slot.Name}";

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
