using System.Buffers.Binary;
using System.Text;

namespace Descent.Formats;

/// <summary>Writes a Python pickle of protocol 2, instruction by instruction.</summary>
/// <remarks>What an instruction makes lies on the reader's stack, where the next ones take it from. Instructions: see <see cref="PickleReader"/>.</remarks>
sealed class PickleWriter
{
    readonly Stream output;

    public PickleWriter(Stream output)
    {
        this.output = output;
        output.Write([0x80, 2]);
    }

    /// <summary>Ends the pickle: what lies on the stack is its object.</summary>
    public void End() => Code('.');

    public PickleWriter Number(int value)
    {
        Code('J');
        Length(value);
        return this;
    }

    public PickleWriter False() => Code('\x89');

    public PickleWriter Text(string text)
    {
        Code('X');
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Length(bytes.Length);
        output.Write(bytes);
        return this;
    }

    /// <summary>A class or function.</summary>
    public PickleWriter Name(string module, string name)
    {
        Code('c');
        output.Write(Encoding.ASCII.GetBytes($"{module}\n{name}\n"));
        return this;
    }

    /// <summary>Begins a tuple, or pairs for a dictionary.</summary>
    public PickleWriter Mark() => Code('(');

    /// <summary>A tuple of all since the mark.</summary>
    public PickleWriter Tuple() => Code('t');

    /// <summary>Sets the pairs since the mark in the dictionary before it.</summary>
    public PickleWriter SetItems() => Code('u');

    /// <summary>Calls the function before the tuple of arguments.</summary>
    public PickleWriter Call() => Code('R');

    /// <summary>Data outside of the pickle, by the tuple that tells where.</summary>
    public PickleWriter Persistent() => Code('Q');

    PickleWriter Code(char code)
    {
        output.WriteByte((byte)code);
        return this;
    }

    void Length(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        output.Write(bytes);
    }
}
