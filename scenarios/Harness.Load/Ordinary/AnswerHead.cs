using System.Globalization;
using System.Net;
using System.Text;

namespace Harness.Load.Ordinary;

/// <summary>The head of an answer as .NET has it, for every answer that has the same bytes.</summary>
internal sealed class AnswerHead
{
    private static readonly HashSet<string> ContentHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Allow", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location", "Content-MD5",
        "Content-Range", "Content-Type", "Expires", "Last-Modified",
    };

    private readonly byte[] _bytes;
    private readonly HttpStatusCode _status;
    private readonly string _reason;
    private readonly bool _isOld;
    private readonly (string Name, string Value)[] _general;
    private readonly (string Name, string Value)[] _content;

    private AnswerHead(byte[] bytes, HttpStatusCode status, string reason, bool isOld, List<(string Name, string Value)> headers)
    {
        (_bytes, _status, _reason, _isOld) = (bytes, status, reason, isOld);
        ILookup<bool, (string Name, string Value)> parts = headers.ToLookup(header => ContentHeaders.Contains(header.Name));
        (_general, _content) = ([.. parts[false]], [.. parts[true]]);
    }

    /// <param name="head">A status line and header lines that were found to be well-formed, each ended by a line feed.</param>
    public static AnswerHead Read(ReadOnlySpan<byte> head)
    {
        int end = head.IndexOf((byte)'\n');
        ReadOnlySpan<byte> status = head[..end];
        int code = int.Parse(status[9..12], NumberStyles.None, CultureInfo.InvariantCulture);
        var headers = new List<(string Name, string Value)>();
        ReadOnlySpan<byte> lines = head[(end + 1)..];
        foreach (Range range in lines.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = lines[range];
            int colon = line.IndexOf((byte)':');
            if (colon > 0)
                headers.Add((Encoding.Latin1.GetString(line[..colon]), Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t"u8))));
        }

        string reason = status.Length > 13 ? Encoding.Latin1.GetString(status[13..]) : "";
        return new AnswerHead(head.ToArray(), (HttpStatusCode)code, reason, isOld: status[7] == '0', headers);
    }

    public bool IsOf(ReadOnlySpan<byte> head) => head.SequenceEqual(_bytes);

    public HttpResponseMessage ToMessage(byte[] body, HttpRequestMessage request)
    {
        var content = new ByteArrayContent(body);
        var message = new HttpResponseMessage(_status) { ReasonPhrase = _reason, RequestMessage = request, Content = content };
        if (_isOld)
            message.Version = HttpVersion.Version10;
        foreach ((string name, string value) in _general)
            message.Headers.TryAddWithoutValidation(name, value);
        foreach ((string name, string value) in _content)
            content.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
