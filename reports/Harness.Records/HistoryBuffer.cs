using System.Text;

namespace Harness.Records;

/// <summary>A growing run of bytes that is used again and again, and the three things that a history is made of.</summary>
internal sealed class HistoryBuffer
{
    private const int LongestVarint = 10;
    private byte[] _bytes = new byte[HistoryFormat.BlockBytes + 4096];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Varint(ulong value)
    {
        Reserve(LongestVarint);
        for (; value >= 0x80; value >>= 7)
            _bytes[Length++] = (byte)(value | 0x80);
        _bytes[Length++] = (byte)value;
    }

    public void Signed(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void Text(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)bytes);
        Reserve(bytes);
        Length += Encoding.UTF8.GetBytes(value, _bytes.AsSpan(Length));
    }

    private void Reserve(int more)
    {
        if (_bytes.Length - Length < more)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + more));
    }
}
