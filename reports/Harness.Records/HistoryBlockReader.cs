using System.Text;

namespace Harness.Records;

/// <summary>Takes the payload of one block apart.</summary>
internal sealed class HistoryBlockReader
{
    private const int PooledStrings = 64 * 1024;
    private readonly HashSet<string> _pool = new(StringComparer.Ordinal);
    private readonly List<string> _strings = [];
    private byte[] _payload = [];
    private int _position;

    /// <exception cref="InvalidDataException">The payload does not follow the format.</exception>
    public void Read(byte[] payload, List<Operation> into)
    {
        (_payload, _position) = (payload, 0);
        _strings.Clear();
        for (ulong left = Varint(); left > 0; left--)
            _strings.Add(Text());

        long invoked = 0;
        for (ulong left = Varint(); left > 0; left--)
            into.Add(Next(ref invoked));

        if (_position != payload.Length)
            throw new InvalidDataException($"{payload.Length - _position} bytes follow its last operation");
    }

    private Operation Next(ref long invoked)
    {
        int flags = Byte();
        int process = (int)Signed();
        string kind = String();
        string key = String();
        string? value = (flags & HistoryFormat.HasValue) != 0 ? String() : null;
        invoked += Signed();
        TimeSpan? completed = (flags & HistoryFormat.HasCompleted) != 0 ? TimeSpan.FromTicks(invoked + Signed()) : null;
        return new Operation(process, kind, key, value, TimeSpan.FromTicks(invoked), completed, (Outcome)(flags & HistoryFormat.OutcomeMask));
    }

    private string String()
    {
        ulong place = Varint();
        return place < (ulong)_strings.Count
            ? _strings[(int)place]
            : throw new InvalidDataException($"string {place} is not among its {_strings.Count}");
    }

    private string Text()
    {
        ulong bytes = Varint();
        if (bytes > (ulong)(_payload.Length - _position))
            throw new InvalidDataException("a string is longer than the block");

        string text = Encoding.UTF8.GetString(_payload, _position, (int)bytes);
        _position += (int)bytes;
        return Pooled(text);
    }

    // Kinds, products and orders come again in block after block; one string each is enough.
    private string Pooled(string text)
    {
        if (_pool.TryGetValue(text, out string? known))
            return known;

        if (_pool.Count >= PooledStrings)
            _pool.Clear();

        _pool.Add(text);
        return text;
    }

    private int Byte() => _position < _payload.Length ? _payload[_position++] : throw new InvalidDataException("it ends in the middle of an operation");

    private long Signed()
    {
        ulong folded = Varint();
        return (long)(folded >> 1) ^ -(long)(folded & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            int next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException("a number is longer than 64 bits");
    }
}
