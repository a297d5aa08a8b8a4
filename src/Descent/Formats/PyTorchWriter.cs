using System.IO.Compression;

namespace Descent.Formats;

/// <summary>Writes a state dict as <c>torch.save</c> does, for <c>torch.load</c>, also with <c>weights_only=True</c>: a ZIP archive, not packed, with a pickle of names and tensors and a
/// file for each tensor's numbers. Files are read by <see cref="PyTorchFile"/>.</summary>
/// <remarks>Where PyTorch begins every storage at a multiple of 64 bytes, they stand here as they come; its reader does not ask for it.</remarks>
static class PyTorchWriter
{
    const string Folder = "archive/";

    /// <summary>Equal arrays give equal bytes.</summary>
    /// <exception cref="ArgumentException">Two arrays have one name.</exception>
    public static void Write(Stream stream, IReadOnlyList<NamedArray> arrays)
    {
        if (arrays.GroupBy(array => array.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two arrays are named \"{twice.Key}\".", nameof(arrays));
        }

        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        using (var content = ZipEntries.Create(archive, Folder + "data.pkl"))
        {
            WritePickle(content, arrays);
        }

        Add("byteorder", "little"u8);
        foreach (var (i, array) in arrays.Index())
        {
            Add($"data/{i}", array.Bytes.Span);
        }

        // The form of the archive as PyTorch has counted it since 1.6.
        Add("version", "3\n"u8);

        void Add(string name, ReadOnlySpan<byte> bytes)
        {
            using var content = ZipEntries.Create(archive, Folder + name);
            content.Write(bytes);
        }
    }

    static void WritePickle(Stream stream, IReadOnlyList<NamedArray> arrays)
    {
        var pickle = new PickleWriter(stream);
        Dictionary(pickle).Mark();
        foreach (var (i, array) in arrays.Index())
        {
            Tensor(pickle.Text(array.Name), i, array);
        }

        pickle.SetItems().End();
    }

    /// <summary>torch._utils._rebuild_tensor_v2(('storage', class, key, place, number of elements), offset, sizes, strides, whether it wants a gradient, hooks).</summary>
    static void Tensor(PickleWriter pickle, int key, NamedArray array)
    {
        string storage = PyTorchElement.All.First(element => element.ReadAs == array.Type && element.Narrow is null).Storage;
        _ = pickle.Name("torch._utils", "_rebuild_tensor_v2").Mark()
            .Mark().Text("storage").Name("torch", storage[(storage.IndexOf('.') + 1)..]).Text($"{key}").Text("cpu").Number(array.Count).Tuple().Persistent().Number(0);
        Numbers(pickle, array.Shape);
        Numbers(pickle, RowMajor(array.Shape));
        _ = Dictionary(pickle.False()).Tuple().Call();
    }

    static PickleWriter Dictionary(PickleWriter pickle) => pickle.Name("collections", "OrderedDict").Mark().Tuple().Call();

    static void Numbers(PickleWriter pickle, IEnumerable<int> numbers)
    {
        _ = pickle.Mark();
        foreach (int number in numbers)
        {
            _ = pickle.Number(number);
        }

        _ = pickle.Tuple();
    }

    static int[] RowMajor(IReadOnlyList<int> sizes)
    {
        int[] strides = new int[sizes.Count];
        for (int axis = sizes.Count - 1, stride = 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            // As in PyTorch, an axis of size 0 counts as one.
            stride *= Math.Max(sizes[axis], 1);
        }

        return strides;
    }
}
