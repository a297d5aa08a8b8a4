using System.Buffers.Binary;
using System.Text;

namespace Descent.Formats;

/// <summary>Reads data from a Python pickle of protocol 2, without running anything of it.</summary>
/// <remarks>A pickle is a program for a machine with a stack and a memory. This one knows the instructions that Python 2 and PyTorch write, and makes: null,
/// <c>bool</c>, <c>long</c>, <c>double</c>, <c>string</c>, <c>ReadOnlyMemory&lt;byte&gt;</c> (a byte string, a part of the input), <c>List&lt;object?&gt;</c>,
/// <c>object?[]</c> (a tuple), <see cref="PickleDictionary"/>, and what a <see cref="PickleVocabulary"/> makes. Time and memory are bounded by the length of the
/// input and by a limit on the instructions; nothing is allocated from a size that the input claims before the input was seen to have it. Reading does not recurse,
/// but what comes out may contain itself: follow it by known names, never to all depths. Instructions: https://github.com/python/cpython/blob/main/Lib/pickletools.py.</remarks>
sealed class PickleReader
{
    const int NewestProtocol = 2;
    // Both far above what a state dict of ten thousand tensors or 10,000 labels with names need (35 instructions a tensor, 3 a label).
    const int MostInstructions = 1 << 21, LargestMemory = 1 << 21;
    const int LongestName = 256;
    const int LongBytes = sizeof(long);

    readonly ReadOnlyMemory<byte> input;
    readonly PickleVocabulary vocabulary;
    readonly List<object?> stack = [];
    readonly List<int> marks = [];
    object?[] memory = [];
    int position;

    PickleReader(ReadOnlyMemory<byte> input, PickleVocabulary vocabulary) => (this.input, this.vocabulary) = (input, vocabulary);

    /// <summary>The object that a pickle holds; bytes after its end are left alone.</summary>
    /// <exception cref="FormatException">With the end of a sentence about the pickle.</exception>
    public static object? Read(ReadOnlyMemory<byte> input, PickleVocabulary vocabulary) => new PickleReader(input, vocabulary).Run();

    object? Run()
    {
        for (int count = 0; count < MostInstructions; count++)
        {
            char code = (char)Byte();
            if (code == '.')
            {
                return Pop();
            }

            if (!Literal(code) && !Container(code) && !Memory(code) && !Named(code))
            {
                throw new FormatException($"has the instruction 0x{(int)code:X2} at byte {position - 1}, which is not read here");
            }
        }

        throw new FormatException($"has more than {MostInstructions} instructions");
    }

    bool Literal(char code)
    {
        object? value;
        switch (code)
        {
            case '\x80':
                int protocol = Byte();
                return protocol <= NewestProtocol ? true : throw new FormatException($"is of protocol {protocol}; read is protocol {NewestProtocol}");
            case 'N': value = null; break;
            case '\x88': value = true; break;
            case '\x89': value = false; break;
            case 'K': value = (long)Byte(); break;
            case 'M': value = (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(sizeof(ushort)).Span); break;
            case 'J': value = (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)).Span); break;
            case '\x8A': value = Long(Bytes(Byte()).Span); break;
            case 'G': value = BinaryPrimitives.ReadDoubleBigEndian(Bytes(sizeof(double)).Span); break;
            case 'U': value = Bytes(Byte()); break;
            case 'T': value = Bytes(Length()); break;
            case 'X': value = Encoding.UTF8.GetString(Bytes(Length()).Span); break;
            default: return false;
        }

        stack.Add(value);
        return true;
    }

    bool Container(char code)
    {
        switch (code)
        {
            case '(': marks.Add(stack.Count); break;
            case ']': stack.Add(new List<object?>()); break;
            case 'a': Append(Top(1)); break;
            case 'e': Append(ToMark()); break;
            case ')': stack.Add(Array.Empty<object?>()); break;
            case '\x85': stack.Add(Top(1)); break;
            case '\x86': stack.Add(Top(2)); break;
            case '\x87': stack.Add(Top(3)); break;
            case 't': stack.Add(ToMark()); break;
            case '}': stack.Add(new PickleDictionary()); break;
            case 's': SetItems(Top(2)); break;
            case 'u': SetItems(ToMark()); break;
            default: return false;
        }

        return true;
    }

    bool Memory(char code)
    {
        switch (code)
        {
            case 'q': Put(Byte()); break;
            case 'r': Put(Length()); break;
            case 'h': stack.Add(Get(Byte())); break;
            case 'j': stack.Add(Get(Length())); break;
            default: return false;
        }

        return true;
    }

    bool Named(char code)
    {
        switch (code)
        {
            case 'c':
                stack.Add(Name());
                break;
            case 'R' or '\x81':
                object?[] call = Top(2);
                if (call is not [PickleName { Call: { } make }, object?[] arguments])
                {
                    throw new FormatException($"calls what is no known function at byte {position - 1}");
                }

                stack.Add(make(arguments));
                break;
            case 'b':
                object? state = Pop();
                (Peek() as IPickleState ?? throw new FormatException($"gives a state to what has none at byte {position - 1}")).SetState(state);
                break;
            case 'Q' when vocabulary.FindPersistent is { } find:
                stack.Add(find(Pop()));
                break;
            default:
                return false;
        }

        return true;
    }

    PickleName Name()
    {
        string name = $"{Line()}.{Line()}";
        return vocabulary.Calls.TryGetValue(name, out var call) ? new PickleName(name, call)
            : throw new UnknownPickleNameException(name, isWhole: stack.Count == 0 && marks.Count == 0);
    }

    string Line()
    {
        var rest = input.Span[position..];
        int length = rest[..Math.Min(rest.Length, LongestName)].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new FormatException($"has a name without an end at byte {position}");
        }

        position += length + 1;
        return Encoding.ASCII.GetString(rest[..length]);
    }

    void Append(object?[] items) =>
        (Peek() as List<object?> ?? throw new FormatException($"appends to what is no list at byte {position - 1}")).AddRange(items);

    void SetItems(object?[] items)
    {
        if (Peek() is not PickleDictionary dictionary || items.Length % 2 != 0)
        {
            throw new FormatException($"sets items of what is no dictionary, or keys without values, at byte {position - 1}");
        }

        for (int i = 0; i < items.Length; i += 2)
        {
            dictionary.Add(items[i], items[i + 1]);
        }
    }

    void Put(int index)
    {
        if (index >= LargestMemory)
        {
            throw new FormatException($"remembers an object under the number {index}; the largest is {LargestMemory - 1}");
        }

        if (index >= memory.Length)
        {
            Array.Resize(ref memory, Math.Max(256, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)index + 1)));
        }

        // Else a remembered null would look like an empty place.
        memory[index] = Peek() ?? DBNull.Value;
    }

    object? Get(int index) => (index < memory.Length ? memory[index] : null) switch
    {
        null => throw new FormatException($"recalls an object that it did not remember ({index})"),
        DBNull => null,
        var value => value,
    };

    static long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LongBytes)
        {
            throw new FormatException($"has an integer of {bytes.Length} bytes; the longest is {LongBytes}");
        }

        // Two's complement, as many bytes as it takes.
        Span<byte> whole = stackalloc byte[LongBytes];
        whole.Fill(bytes.IsEmpty || bytes[^1] < 0x80 ? (byte)0 : (byte)0xFF);
        bytes.CopyTo(whole);
        return BinaryPrimitives.ReadInt64LittleEndian(whole);
    }

    int Length()
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)).Span);
        return length <= int.MaxValue ? (int)length : throw new FormatException($"claims a length of {length} at byte {position - sizeof(uint)}");
    }

    byte Byte() => Bytes(1).Span[0];

    ReadOnlyMemory<byte> Bytes(int count)
    {
        if (count > input.Length - position)
        {
            throw new FormatException($"ends at byte {input.Length}, where at least {count - (input.Length - position)} more are needed");
        }

        position += count;
        return input.Slice(position - count, count);
    }

    object? Peek() => stack.Count > Floor ? stack[^1] : throw Empty();

    object? Pop() => Top(1)[0];

    object?[] Top(int count) => count <= stack.Count - Floor ? From(stack.Count - count) : throw Empty();

    object?[] ToMark()
    {
        int mark = marks.Count > 0 ? marks[^1] : throw Empty();
        marks.RemoveAt(marks.Count - 1);
        return From(mark);
    }

    object?[] From(int start)
    {
        object?[] items = [.. stack[start..]];
        stack.RemoveRange(start, items.Length);
        return items;
    }

    /// <summary>What lies below the last mark is out of reach until the mark is taken.</summary>
    int Floor => marks.Count > 0 ? marks[^1] : 0;

    FormatException Empty() => new($"takes more than there is from its stack at byte {position - 1}");
}
