using System.IO.Compression;

namespace Descent.Formats;

/// <summary>The entries of a PyTorch file: a pickle, and the storages that it refers to.</summary>
sealed class PyTorchArchive
{
    const string Pickle = "/data.pkl";
    const int LargestPickle = 1 << 26;

    readonly ZipArchive archive;
    readonly string folder;
    readonly Dictionary<string, PyTorchStorage> storages = [];

    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public PyTorchArchive(ZipArchive archive)
    {
        this.archive = archive;
        // The folder has the name that the file had when it was saved.
        string pickle = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(Pickle, StringComparison.Ordinal))?.FullName
            ?? throw new FormatException("has no data.pkl");
        folder = pickle[..^(Pickle.Length - 1)];
        if (archive.GetEntry(folder + "constants.pkl") is not null)
        {
            throw new PyTorchFormatException("is TorchScript, a program with its weights", "torch.save(torch.jit.load(FILE).state_dict(), \"weights.pth\")");
        }
    }

    /// <summary>The object of the pickle.</summary>
    /// <exception cref="FormatException">With the end of a sentence about the file.</exception>
    public object? ReadPickle()
    {
        if (archive.GetEntry(folder + "byteorder") is { Length: < LargestPickle } order && !ZipEntries.ReadStored(order).AsSpan().SequenceEqual("little"u8))
        {
            throw new FormatException("has numbers in another byte order than little-endian");
        }

        var entry = Entry(Pickle[1..]);
        return entry.Length <= LargestPickle ? PickleReader.Read(ZipEntries.ReadStored(entry), PyTorchVocabulary.Of(Storage))
            : throw new FormatException($"has {entry.Length} bytes in {Pickle[1..]}, the limit is {LargestPickle}");
    }

    ZipArchiveEntry Entry(string name) => archive.GetEntry(folder + name) ?? throw new FormatException($"has no entry {Excerpt.Of(name)}");

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
            storage = new PyTorchStorage(element, Entry($"data/{key}"));
            storages.Add(key, storage);
        }

        return storage.Element.Storage == type.Name && storage.Length == (Int128)count * storage.Element.Size ? storage
            : throw new FormatException($"has {storage.Length} bytes in data/{Excerpt.Of(key)}, where {count} elements of {type.Name} are expected");
    }
}
