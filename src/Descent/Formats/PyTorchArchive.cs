using System.IO.Compression;

namespace Descent.Formats;

/// <summary>The entries of a PyTorch file, and what its pickle may name.</summary>
sealed class PyTorchArchive
{
    const string Pickle = "/data.pkl";
    const int LargestPickle = 1 << 26;

    readonly ZipArchive archive;
    readonly string folder;
    readonly Dictionary<string, PyTorchStorage> storages = [];
    readonly PickleVocabulary vocabulary;

    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public PyTorchArchive(ZipArchive archive)
    {
        this.archive = archive;
        // The folder has the name that the file had when it was saved.
        string pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(Pickle, StringComparison.Ordinal))?.FullName
            ?? throw new FormatException("has no data.pkl");
        folder = pickle[..^(Pickle.Length - 1)];
        var calls = new Dictionary<string, PickleCall?>
        {
            ["collections.OrderedDict"] = arguments => arguments.Count == 0 ? new PickleDictionary()
                : throw new FormatException("has an ordered dictionary with arguments"),
            ["torch._utils._rebuild_tensor_v2"] = Tensor,
            // Its other arguments say whether it wants a gradient, and hooks.
            ["torch._utils._rebuild_parameter"] = arguments => arguments is [PyTorchTensor tensor, ..] ? tensor
                : throw new FormatException("has a parameter without a tensor"),
        };
        foreach (var element in PyTorchElement.All)
        {
            calls.Add(element.Storage, null);
        }

        vocabulary = new PickleVocabulary(calls, Storage);
    }

    /// <summary>The object of the pickle.</summary>
    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public object? ReadPickle()
    {
        if (archive.GetEntry(folder + "byteorder") is { Length: < LargestPickle } order && !ZipEntries.ReadStored(order).AsSpan().SequenceEqual("little"u8))
        {
            throw new FormatException("has numbers in another byte order than little-endian");
        }

        return PickleReader.Read(Read(Pickle[1..], LargestPickle), vocabulary);
    }

    byte[] Read(string name, long mostBytes)
    {
        var entry = archive.GetEntry(folder + name) ?? throw new FormatException($"has no entry {name}");
        return entry.Length <= mostBytes ? ZipEntries.ReadStored(entry) : throw new FormatException($"has {entry.Length} bytes in {name}, the limit is {mostBytes}");
    }

    /// <summary>From ('storage', class, key, place, number of elements).</summary>
    PyTorchStorage Storage(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", PickleName type, string key, _, long count])
        {
            throw new FormatException("refers to data that is no storage");
        }

        if (!storages.TryGetValue(key, out var storage))
        {
            var element = PyTorchElement.All.FirstOrDefault(element => element.Storage == type.Name)
                ?? throw new FormatException($"has a storage of type {type.Name}");
            storage = new PyTorchStorage(element, Read($"data/{key}", Array.MaxLength));
            storages.Add(key, storage);
        }

        return storage.Element.Storage == type.Name && storage.Bytes.Length == (Int128)count * storage.Element.Size ? storage
            : throw new FormatException($"has {storage.Bytes.Length} bytes in data/{key}, where {count} elements of {type.Name} are expected");
    }

    static PyTorchTensor Tensor(IReadOnlyList<object?> arguments) =>
        arguments is [PyTorchStorage storage, long offset, object?[] sizes, object?[] strides, ..]
            ? new PyTorchTensor(storage, offset, Numbers(sizes), Numbers(strides))
            : throw new FormatException("has a tensor whose parts are not read here");

    static long[] Numbers(object?[] values) =>
        [.. values.Select(value => value is long number ? number : throw new FormatException("has a tensor with a size or stride that is no number"))];
}
