using System.Buffers.Text;
using System.Text;

namespace Harness.Load.Raw;

/// <summary>Finds the end of an HTTP/1.1 answer in bytes that come in any pieces, and keeps nothing of it but its status and length.</summary>
/// <remarks>RFC 9112: section 6.3 for where a body ends, section 7.1 for chunks; informational (1xx) answers are passed over.</remarks>
internal sealed class AnswerReader
{
    private const int LineMost = 64 * 1024;
    private const int HeadMost = 256 * 1024;

    private byte[] _carried = [];
    private KeptAnswer? _kept;
    private int _carriedLength;
    private int _headLength;
    private Expecting _next;
    private bool _isHead;
    private bool _chunked;
    private bool _keepAlive;
    private long _contentLength;
    private long _left;

    private enum Expecting
    {
        StatusLine,
        Header,
        Body,
        ChunkSize,
        ChunkData,
        ChunkEnd,
        Trailer,
        Close,
        Nothing,
    }

    public int StatusCode { get; private set; }

    /// <summary>Every byte of the answer, head and body.</summary>
    public long SizeBytes { get; private set; }

    public bool IsDone => _next == Expecting.Nothing;

    /// <summary>What was wrong with the answer, for people; null when nothing was.</summary>
    public string? Fault { get; private set; }

    /// <summary>Whether another request may follow on the same connection.</summary>
    public bool MayReuse => IsDone && Fault is null && _keepAlive;

    /// <param name="isHead">Whether the request was a HEAD, whose answer has no body whatever its head says.</param>
    /// <param name="kept">Gets the answer's head and body; null when nobody wants them.</param>
    public void Begin(bool isHead, KeptAnswer? kept)
    {
        _kept = kept;
        kept?.Clear();
        _isHead = isHead;
        _carriedLength = 0;
        _headLength = 0;
        SizeBytes = 0;
        StatusCode = 0;
        Fault = null;
        ExpectStatusLine();
    }

    /// <summary>Takes the next bytes. After it the answer may be done, at fault, or still wanting more.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        SizeBytes += bytes.Length;
        while (bytes.Length > 0 && Fault is null && !IsDone)
            bytes = _next is Expecting.Body or Expecting.ChunkData or Expecting.Close ? ReadData(bytes) : ReadLine(bytes);
        if (bytes.Length > 0 && IsDone)
        {
            // Nothing more was asked for, so whatever follows is not an answer to what will be asked next.
            _keepAlive = false;
        }
    }

    /// <summary>The connection has ended.</summary>
    public void End()
    {
        if (_next == Expecting.Close)
            _next = Expecting.Nothing;
        else if (!IsDone)
            Fault ??= SizeBytes == 0 ? "the connection ended before an answer" : "the connection ended within the answer";
    }

    private ReadOnlySpan<byte> ReadData(ReadOnlySpan<byte> bytes)
    {
        if (_next == Expecting.Close)
        {
            Keep(bytes);
            return [];
        }

        int taken = (int)Math.Min(_left, bytes.Length);
        _left -= taken;
        Keep(bytes[..taken]);
        if (_left == 0)
            _next = _next == Expecting.Body ? Expecting.Nothing : Expecting.ChunkEnd;
        return bytes[taken..];
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_kept?.TryAddBody(bytes) == false)
            Fault = "its body is too large to be kept";
    }

    private ReadOnlySpan<byte> ReadLine(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)'\n');
        ReadOnlySpan<byte> piece = end < 0 ? bytes : bytes[..end];
        if (_carriedLength + piece.Length > LineMost || (_headLength += piece.Length) > HeadMost)
        {
            Fault = "its head is too large";
            return [];
        }

        if (end >= 0 && _carriedLength == 0)
        {
            TakeLine(WithoutReturn(piece));
            return bytes[(end + 1)..];
        }

        if (_carried.Length < _carriedLength + piece.Length)
            Array.Resize(ref _carried, Math.Max(256, 2 * (_carriedLength + piece.Length)));
        piece.CopyTo(_carried.AsSpan(_carriedLength));
        _carriedLength += piece.Length;
        if (end < 0)
            return [];
        int length = _carriedLength;
        _carriedLength = 0;
        TakeLine(WithoutReturn(_carried.AsSpan(0, length)));
        return bytes[(end + 1)..];
    }

    private static ReadOnlySpan<byte> WithoutReturn(ReadOnlySpan<byte> line) => line.EndsWith("\r"u8) ? line[..^1] : line;

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        switch (_next)
        {
            case Expecting.StatusLine:
                TakeStatus(line);
                break;
            case Expecting.Header when line.Length > 0:
                TakeHeader(line);
                break;
            case Expecting.Header:
                EndHead();
                break;
            case Expecting.ChunkSize:
                TakeChunkSize(line);
                break;
            case Expecting.ChunkEnd:
                Fault = line.Length > 0 ? "a chunk is longer than it said" : null;
                _next = Expecting.ChunkSize;
                break;
            case Expecting.Trailer when line.Length == 0:
                _next = Expecting.Nothing;
                break;
        }
    }

    private void TakeStatus(ReadOnlySpan<byte> line)
    {
        bool wellFormed = line.Length >= 12 && line.StartsWith("HTTP/1."u8) && line[8] == ' ' && (line.Length == 12 || line[12] == ' ');
        if (!wellFormed || !Utf8Parser.TryParse(line[9..12], out int status, out int digits) || digits != 3 || status is < 100 or > 599)
        {
            Fault = "it does not begin with an HTTP/1.1 status line";
            return;
        }

        StatusCode = status;
        _kept?.BeginHead(line);
        _keepAlive = line[7] != '0';
        _next = Expecting.Header;
    }

    private void TakeHeader(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[0] is (byte)' ' or (byte)'\t' || line[colon - 1] is (byte)' ' or (byte)'\t')
        {
            Fault = "it has a header line that is none";
            return;
        }

        _kept?.AddHeader(line);
        ReadOnlySpan<byte> name = line[..colon];
        // Of all headers only these three are of interest here, and their lengths tell nearly all others apart.
        if (name.Length is not (10 or 14 or 17))
            return;
        ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
        if (Ascii.EqualsIgnoreCase(name, "content-length"u8))
            TakeContentLength(value);
        else if (Ascii.EqualsIgnoreCase(name, "transfer-encoding"u8))
            TakeTransferEncoding(value);
        else if (Ascii.EqualsIgnoreCase(name, "connection"u8))
            TakeConnection(value);
    }

    private void TakeContentLength(ReadOnlySpan<byte> value)
    {
        bool number = Utf8Parser.TryParse(value, out long length, out int digits) && digits == value.Length && length >= 0 && value[0] != '+';
        if (!number || (_contentLength >= 0 && _contentLength != length))
            Fault = "its length is no number, or two";
        _contentLength = length;
    }

    private void TakeTransferEncoding(ReadOnlySpan<byte> value)
    {
        if (!Ascii.EqualsIgnoreCase(value, "chunked"u8))
            Fault = "it is encoded in a way that was not asked for";
        _chunked = true;
    }

    private void TakeConnection(ReadOnlySpan<byte> value)
    {
        foreach (Range part in value.Split((byte)','))
        {
            ReadOnlySpan<byte> option = value[part].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(option, "close"u8))
                _keepAlive = false;
            else if (Ascii.EqualsIgnoreCase(option, "keep-alive"u8))
                _keepAlive = true;
        }
    }

    private void EndHead()
    {
        if (StatusCode == 101)
            Fault = "it changes to a protocol that was not asked for";
        else if (StatusCode < 200)
            ExpectStatusLine();
        else if (_isHead || StatusCode is 204 or 304)
            _next = Expecting.Nothing;
        else if (_chunked)
            ExpectChunks();
        else if (_contentLength < 0)
            ExpectClose();
        else
            ExpectBody(_contentLength);
    }

    private void ExpectStatusLine()
    {
        _next = Expecting.StatusLine;
        _contentLength = -1;
        _chunked = false;
    }

    private void ExpectBody(long length)
    {
        _left = length;
        _next = length == 0 ? Expecting.Nothing : Expecting.Body;
    }

    private void ExpectChunks()
    {
        // With a length beside them, someone on the way may have seen another end (RFC 9112, section 6.3): nothing more is sent here.
        _keepAlive &= _contentLength < 0;
        _next = Expecting.ChunkSize;
    }

    private void ExpectClose()
    {
        _keepAlive = false;
        _next = Expecting.Close;
    }

    private void TakeChunkSize(ReadOnlySpan<byte> line)
    {
        int extension = line.IndexOf((byte)';');
        ReadOnlySpan<byte> digits = (extension < 0 ? line : line[..extension]).TrimEnd(" \t"u8);
        // Sizes beyond 15 hexadecimal digits would not fit a long, and no server sends them.
        bool number = digits.Length is > 0 and <= 15 && Utf8Parser.TryParse(digits, out _left, out int read, 'x') && read == digits.Length;
        if (!number)
            Fault = "a chunk's length is no number";
        // Chunk heads come as often as the body is long: they do not count as its head.
        _headLength = 0;
        _next = _left == 0 ? Expecting.Trailer : Expecting.ChunkData;
    }
}
