namespace Harness.Load.Raw;

/// <summary>The head and the body of an answer, while it is read.</summary>
internal sealed class KeptAnswer
{
    // More than an ordinary answer has; what grew beyond it for one answer is not kept for the next.
    private const int OrdinaryBytes = 64 * 1024;

    /// <summary>The largest body that is kept.</summary>
    public const int BodyMost = 1 << 30;

    private byte[] _head = new byte[512];
    private byte[] _body = [];
    private int _headLength;
    private int _bodyLength;

    /// <summary>The status line and the header lines, each ended by a line feed.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _bodyLength);

    public void Clear()
    {
        _headLength = 0;
        _bodyLength = 0;
        if (_body.Length > OrdinaryBytes)
            _body = [];
    }

    /// <summary>Informational answers come before the one that counts, whose head replaces theirs.</summary>
    public void BeginHead(ReadOnlySpan<byte> statusLine)
    {
        _headLength = 0;
        AddHeader(statusLine);
    }

    public void AddHeader(ReadOnlySpan<byte> line)
    {
        Append(ref _head, ref _headLength, line);
        Append(ref _head, ref _headLength, "\n"u8);
    }

    /// <returns>False when there is more than can be kept.</returns>
    public bool TryAddBody(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BodyMost - _bodyLength)
            return false;
        Append(ref _body, ref _bodyLength, bytes);
        return true;
    }

    private static void Append(ref byte[] to, ref int length, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > to.Length - length)
        {
            long wanted = Math.Max((long)length + bytes.Length, 2L * to.Length);
            Array.Resize(ref to, (int)Math.Min(wanted, BodyMost));
        }

        bytes.CopyTo(to.AsSpan(length));
        length += bytes.Length;
    }
}
