using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Harness.Toxiproxy.Http;

/// <summary>Reads HTTP/1.1 requests off a socket: bodies by length or chunked, headers and bodies bounded.</summary>
internal sealed class HttpReader(Socket socket)
{
    private const int HeadMax = 64 * 1024;
    private const int BodyMax = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>True when part of another request is here already.</summary>
    public bool HasBytes => _end > _start;

    /// <summary>The next request; null when the client ended the connection between two.</summary>
    /// <exception cref="HttpFormatException">It is no request.</exception>
    public async Task<HttpRequest?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken) is not { } line)
            return null;
        string[] parts = line.Split(' ');
        if (parts.Length != 3 || parts[0].Length == 0 || parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
            throw new HttpFormatException(400);
        Dictionary<string, string> headers = await ReadHeadersAsync(cancellationToken);
        if (headers.GetValueOrDefault("Expect", "").Equals("100-continue", StringComparison.OrdinalIgnoreCase))
            await socket.SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancellationToken);
        ReadOnlyMemory<byte> body = await ReadBodyAsync(headers, cancellationToken);
        (string path, string query) = SplitTarget(parts[1]);
        return new HttpRequest(parts[0], path, query, headers, body, KeepsAlive(parts[2], headers));
    }

    private static (string Path, string Query) SplitTarget(string target)
    {
        if (target.Contains("://", StringComparison.Ordinal) && Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute))
            target = absolute.PathAndQuery;
        int query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? (target, "") : (target[..query], target[(query + 1)..]);
    }

    private static bool KeepsAlive(string version, Dictionary<string, string> headers)
    {
        string connection = headers.GetValueOrDefault("Connection", "");
        return version == "HTTP/1.1"
            ? !connection.Contains("close", StringComparison.OrdinalIgnoreCase)
            : connection.Contains("keep-alive", StringComparison.OrdinalIgnoreCase);
    }

    private async Task<Dictionary<string, string>> ReadHeadersAsync(CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        int length = 0;
        while (await ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || (length += line.Length) > HeadMax)
                throw new HttpFormatException(colon <= 0 ? 400 : 431);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
        return headers;
    }

    private async Task<ReadOnlyMemory<byte>> ReadBodyAsync(Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.GetValueOrDefault("Transfer-Encoding", "").EndsWith("chunked", StringComparison.OrdinalIgnoreCase))
            return await ReadChunksAsync(cancellationToken);
        if (!headers.TryGetValue("Content-Length", out string? text))
            return ReadOnlyMemory<byte>.Empty;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) || length > BodyMax)
            throw new HttpFormatException(length > BodyMax ? 413 : 400);
        return await ReadExactlyAsync(length, cancellationToken);
    }

    private async Task<ReadOnlyMemory<byte>> ReadChunksAsync(CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        while (true)
        {
            string size = (await ReadLineAsync(cancellationToken) ?? "").Split(';')[0].Trim();
            if (!int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length) || length < 0)
                throw new HttpFormatException(400);
            if (length > BodyMax - body.Length)
                throw new HttpFormatException(413);
            if (length == 0)
                break;
            body.Write(await ReadExactlyAsync(length, cancellationToken));
            await ReadLineAsync(cancellationToken);
        }
        await ReadHeadersAsync(cancellationToken);
        return body.ToArray();
    }

    private async Task<byte[]> ReadExactlyAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new MemoryStream();
        while (bytes.Length < length)
        {
            if (!HasBytes && !await FillAsync(cancellationToken))
                throw new HttpFormatException(400);
            int count = Math.Min(_end - _start, length - (int)bytes.Length);
            bytes.Write(_buffer, _start, count);
            _start += count;
        }
        return bytes.ToArray();
    }

    /// <summary>A line without its end; null at the end of the stream.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        int seen = 0;
        while (true)
        {
            int newline = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                string line = Encoding.UTF8.GetString(_buffer, _start, seen + newline).TrimEnd('\r');
                _start += seen + newline + 1;
                return line;
            }
            seen = _end - _start;
            if (seen > HeadMax)
                throw new HttpFormatException(431);
            if (!await FillAsync(cancellationToken))
                return seen == 0 ? null : throw new HttpFormatException(400);
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        int count = await socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellationToken);
        _end += count;
        return count > 0;
    }
}
