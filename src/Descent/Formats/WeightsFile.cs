using Descent.Tensors;

namespace Descent.Formats;

/// <summary>The parameters of a model in a file, under PyTorch's names, in its shapes and layout: safetensors, NPZ and state dicts of PyTorch.</summary>
public static class WeightsFile
{
    /// <summary>Before the name of an optimizer's state in a checkpoint.</summary>
    public const string StatePrefix = "optimizer.";

    /// <summary>Before the name of what a gauge remembers in a checkpoint.</summary>
    public const string GaugePrefix = "gauge.";

    /// <summary>PyTorch counts the batches that a normalization has seen; with a fixed momentum nothing depends on it.</summary>
    const string BatchCounter = ".num_batches_tracked";

    // Trained numbers hardly pack: what unpacks to far more is no model, but would fill the memory before its shapes are compared.
    const int UnpackedPerByte = 16;

    const string SafeTensorsExtension = ".safetensors", NpzExtension = ".npz", PyTorchExtension = ".pth", OtherPyTorchExtension = ".pt";

    /// <summary>Those that files are written with.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [SafeTensorsExtension, NpzExtension, PyTorchExtension, OtherPyTorchExtension];

    /// <summary>Reads the arrays of a file; what kind it is, its content says (see <see cref="WeightsKinds"/>).</summary>
    /// <exception cref="BadInputException">The file is missing, cut, corrupt, or of no kind that is read.</exception>
    public static WeightsContent Read(string path) => WeightsKinds.Of(path) switch
    {
        WeightsKind.PyTorch => PyTorchFile.Read(path),
        WeightsKind.Npz => new(path, NpzFile.Read(path, UnpackedPerByte)),
        _ => new(path, SafeTensorsFile.Read(path).Arrays),
    };

    /// <summary>What a file says beside its arrays: the metadata of safetensors; nothing for the other kinds.</summary>
    /// <exception cref="BadInputException">The file is missing or no valid one.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) =>
        WeightsKinds.Of(path) == WeightsKind.SafeTensors ? SafeTensorsFile.ReadMetadata(path) : new Dictionary<string, string>();

    /// <summary>Writes the parameters as <see cref="Write(string, IReadOnlyList{NamedArray}, IReadOnlyDictionary{string, string})"/> does.</summary>
    /// <exception cref="BadInputException">The extension is none of <see cref="Extensions"/>.</exception>
    public static void Write<T>(string path, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Write(path, [.. NamedTensors.Of(parameters).Select(one => one.ToArray())], new Dictionary<string, string>());

    /// <summary>Writes arrays, whole or not at all, as safetensors, NPZ or a state dict of PyTorch by the path's extension.</summary>
    /// <param name="metadata">What the file is to say beside; only safetensors has a place for it.</param>
    /// <exception cref="BadInputException">The extension is none of <see cref="Extensions"/>.</exception>
    public static void Write(string path, IReadOnlyList<NamedArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        switch (Path.GetExtension(path))
        {
            case SafeTensorsExtension:
                SafeTensorsFile.Write(path, arrays, metadata);
                break;
            case NpzExtension:
                NpzFile.Write(path, arrays);
                break;
            case PyTorchExtension or OtherPyTorchExtension:
                PyTorchFile.Write(path, arrays);
                break;
            default:
                throw new BadInputException($"{path}: weights are written to a file that ends in {string.Join(" or ", Extensions)}.");
        }
    }

    /// <summary>Whether a path is that of a state dict, which holds weights alone: PyTorch would not load one with an optimizer's state in it.</summary>
    public static bool IsStateDict(string path) => Path.GetExtension(path) is PyTorchExtension or OtherPyTorchExtension;

    /// <summary>Gives the parameters the values of a file, converted to their precision. What the file says beside (an optimizer's state, PyTorch's counters of
    /// batches) is passed over.</summary>
    /// <exception cref="BadInputException">The file cannot be read, or belongs to another model; the message lists what is missing, too much or of another
    /// shape. The parameters are then as they were.</exception>
    public static void Load<T>(string path, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Load(Read(path), parameters);

    /// <summary>The same with what <see cref="Read"/> gave.</summary>
    public static void Load<T>(WeightsContent weights, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var needed = NamedTensors.Of(parameters);
        needed.Take(Arrays(weights, needed), weights.Source);
    }

    /// <summary>The same without the last layer, which keeps its values: a trained model is taken over for other classes.</summary>
    /// <exception cref="BadInputException">As for <see cref="Load{T}(string, Parameters{T})"/>.</exception>
    public static void LoadExceptHead<T>(string path, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LoadExceptHead(Read(path), parameters);

    /// <summary>The same with what <see cref="Read"/> gave.</summary>
    public static void LoadExceptHead<T>(WeightsContent weights, Parameters<T> parameters) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (head, all) = (parameters.Slots.Where(IsHead).Select(slot => slot.Name).ToHashSet(), NamedTensors.Of(parameters));
        NamedTensor<T>[] taken = [.. all.Where(one => !head.Contains(one.Name))];
        taken.Take([.. Arrays(weights, all).Where(array => !head.Contains(array.Name))], weights.Source);

        static bool IsHead(Parameter<T> slot) => slot.Info.Traits.HasFlag(ParameterTraits.Head);
    }

    /// <summary>The arrays without an optimizer's state, gauges and PyTorch's counters of batches.</summary>
    public static IReadOnlyList<NamedArray> WeightsAlone(IReadOnlyList<NamedArray> arrays) => [.. arrays.Where(array => !IsBeside(array.Name))];

    /// <summary>The arrays that are weights, under the model's names where only a prefix is between them, in the model's precision.</summary>
    static NamedArray[] Arrays<T>(WeightsContent weights, IReadOnlyList<NamedTensor<T>> needed) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. WeightNames.WithoutPrefix(WeightsAlone(weights.Arrays), needed.Select(one => one.Name).ToHashSet()).Select(array => array.ConvertedTo<T>())];

    static bool IsBeside(string name) => name.StartsWith(StatePrefix, StringComparison.Ordinal) || name.StartsWith(GaugePrefix, StringComparison.Ordinal)
        || name.EndsWith(BatchCounter, StringComparison.Ordinal);
}
