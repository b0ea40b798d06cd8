using System.Globalization;
using System.Text;

namespace Harness.Load.Raw;

/// <summary>A request as the bytes that go over the wire, made once and sent as often as wanted.</summary>
public sealed class RawRequest
{
    private RawRequest(byte[] bytes, bool isHead) => (Bytes, IsHead) = (bytes, isHead);

    internal byte[] Bytes { get; }

    internal bool IsHead { get; }

    /// <param name="method">As it is sent, <c>GET</c>.</param>
    /// <param name="url">Absolute; its host becomes the <c>Host</c> header, its path and query are what is asked for.</param>
    /// <param name="headers">As they are sent; <c>Host</c> and <c>Content-Length</c> are added.</param>
    /// <param name="body">Sent whole; null for none.</param>
    /// <exception cref="ArgumentException">A method, header name or value that would break the request.</exception>
    public static RawRequest Create(string method, Uri url, IReadOnlyDictionary<string, string>? headers = null, byte[]? body = null)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{Clean(method)} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\n");
        foreach ((string name, string value) in headers ?? new Dictionary<string, string>())
            head.Append(CultureInfo.InvariantCulture, $"{Clean(name)}: {Clean(value)}\r\n");
        if (body is not null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        head.Append("\r\n");
        return new RawRequest([.. Encoding.Latin1.GetBytes(head.ToString()), .. body ?? []], method == "HEAD");
    }

    private static string Clean(string part) => part.Length > 0 && part.AsSpan().IndexOfAny("\r\n\0") < 0
        ? part
        : throw new ArgumentException($"'{part}' cannot stand in the head of a request.", nameof(part));
}
