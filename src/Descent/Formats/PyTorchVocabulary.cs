namespace Descent.Formats;

/// <summary>What the pickle of a PyTorch file may name: tensors and dictionaries, which are made, and what scripts put beside the weights in a checkpoint
/// (their arguments, numbers of NumPy, states of random generators), which is passed over. Nothing of it is ever run.</summary>
static class PyTorchVocabulary
{
    /// <summary>Classes and functions whose objects are passed over, whatever is in them.</summary>
    static readonly string[] passedOver =
    [
        "argparse.Namespace", "collections.Counter", "__builtin__.set", "__builtin__.frozenset", "__builtin__.bytearray", "__builtin__.complex", "_codecs.encode",
        "numpy.dtype", "numpy.core.multiarray.scalar", "numpy.core.multiarray._reconstruct", "numpy._core.multiarray.scalar", "numpy._core.multiarray._reconstruct",
        "torch.Size", "torch.device", "pathlib.PosixPath", "pathlib.PurePosixPath", "pathlib.WindowsPath", "pathlib.PureWindowsPath",
    ];

    /// <summary>Names that are only handed to others, or stand for themselves.</summary>
    static readonly string[] handedOn =
    [
        "__builtin__.int", "__builtin__.long", "__builtin__.float", "__builtin__.bool", "__builtin__.str", "__builtin__.unicode", "__builtin__.list", "__builtin__.tuple",
        "__builtin__.dict", "numpy.ndarray", "torch.float32", "torch.float64", "torch.float16", "torch.bfloat16", "torch.int64", "torch.int32", "torch.int16", "torch.int8",
        "torch.uint8", "torch.bool",
    ];

    /// <param name="findStorage">The storage of a persistent id.</param>
    public static PickleVocabulary Of(Func<object?, object?> findStorage)
    {
        var calls = new Dictionary<string, PickleCall?>
        {
            ["collections.OrderedDict"] = arguments => arguments.Count == 0 ? new PickleDictionary()
                : throw new FormatException("has an ordered dictionary with arguments"),
            ["collections.defaultdict"] = _ => new PickleDictionary(),
            ["collections.deque"] = _ => new List<object?>(),
            ["torch._utils._rebuild_tensor_v2"] = Tensor,
            // Its other arguments say whether it wants a gradient, and hooks.
            ["torch._utils._rebuild_parameter"] = arguments => arguments is [PyTorchTensor tensor, ..] ? tensor
                : throw new FormatException("has a parameter without a tensor"),
        };
        foreach (string name in passedOver)
        {
            calls.Add(name, _ => new PassedOver());
        }

        foreach (string name in handedOn.Concat(PyTorchElement.All.Select(element => element.Storage)))
        {
            calls.Add(name, null);
        }

        return new PickleVocabulary(calls, findStorage);
    }

    static PyTorchTensor Tensor(IReadOnlyList<object?> arguments) =>
        arguments is [PyTorchStorage storage, long offset, object?[] sizes, object?[] strides, ..]
            ? new PyTorchTensor(storage, offset, Numbers(sizes), Numbers(strides))
            : throw new FormatException("has a tensor whose parts are not read here");

    static long[] Numbers(object?[] values) =>
        [.. values.Select(value => value is long number ? number : throw new FormatException("has a tensor with a size or stride that is no number"))];

    /// <summary>An object that is no weights; its content is let go.</summary>
    sealed class PassedOver : IPickleState
    {
        public void SetState(object? state)
        {
        }
    }
}
