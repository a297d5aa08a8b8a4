namespace Descent.Formats;

/// <summary>The checksum of ZIP and PNG: CRC-32 with the reflected polynomial EDB88320 (ISO 3309).</summary>
static class Crc32
{
    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    /// <summary>The checksum of what came before, 0 for nothing, and of <paramref name="bytes"/> after it.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint value = ~checksum;
        foreach (byte b in bytes)
        {
            value = Table[(byte)(value ^ b)] ^ (value >> 8);
        }

        return ~value;
    }

    static uint Entry(int index)
    {
        uint value = (uint)index;
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 0 ? value >> 1 : 0xEDB88320 ^ (value >> 1);
        }

        return value;
    }
}
