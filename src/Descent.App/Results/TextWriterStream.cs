using System.Text;

namespace Descent.App.Results;

/// <summary>A stream of UTF-8 that writes its text to a writer.</summary>
sealed class TextWriterStream(TextWriter writer) : Stream
{
    // Keeps the beginning of a letter whose bytes come in two parts.
    readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => writer.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        char[] letters = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        writer.Write(letters, 0, decoder.GetChars(buffer, letters, flush: false));
    }
}
