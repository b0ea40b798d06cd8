using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Harness.Load.Ordinary;

/// <summary>Writes a request as the bytes that go over the wire, into memory that is used again for the next one.</summary>
internal sealed class RequestWriter
{
    // More than an ordinary request has; what grew beyond it for one is not kept for the next.
    private const int OrdinaryBytes = 64 * 1024;
    private const int FirstBytes = 512;
    private const int LongestNumber = 20;

    public byte[] Bytes { get; private set; } = new byte[FirstBytes];

    public int Length { get; private set; }

    /// <summary>Whether nothing about it needs more than plain HTTP/1.1 with a body whose end is known.</summary>
    public static bool CanWrite(HttpRequestMessage request) =>
        request.RequestUri is { IsAbsoluteUri: true } uri
        && uri.Scheme == Uri.UriSchemeHttp
        && request.Version == HttpVersion.Version11
        && request.Method != HttpMethod.Connect
        && CanWrite(request.Headers)
        && CanWrite(request.Content);

    /// <summary>The bytes of the last request are gone after it.</summary>
    public void Write(HttpRequestMessage request, RequestTarget target)
    {
        if (Bytes.Length > OrdinaryBytes)
            Bytes = new byte[FirstBytes];
        Length = 0;
        Append(request.Method.Method);
        Append(" "u8);
        Append(target.PathAndQuery);
        Append(" HTTP/1.1\r\n"u8);
        bool hasHost = WriteHeaders(request.Headers);
        if (!hasHost)
        {
            Append("Host: "u8);
            Append(target.Host);
            Append("\r\n"u8);
        }

        if (request.Content is { } content)
            WriteContent(content);
        else if (request.Method == HttpMethod.Post || request.Method == HttpMethod.Put || request.Method == HttpMethod.Patch)
            Append("Content-Length: 0\r\n\r\n"u8);
        else
            Append("\r\n"u8);
    }

    private static bool CanWrite(HttpContent? content)
    {
        if (content is null)
            return true;
        // Types whose bytes are in memory, or cost no more to have there than to send.
        Type type = content.GetType();
        return (type == typeof(ByteArrayContent) || type == typeof(StringContent) || type == typeof(JsonContent)
            || type == typeof(FormUrlEncodedContent) || type == typeof(ReadOnlyMemoryContent)) && CanWrite(content.Headers);
    }

    private static bool CanWrite(HttpHeaders headers)
    {
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            if (IsFraming(name))
                return false;
            foreach (string value in values)
            {
                if (!IsPlain(value))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether it changes how the message is framed, or what comes after it.</summary>
    private static bool IsFraming(string name) =>
        Is(name, "Expect") || Is(name, "Upgrade") || Is(name, "Transfer-Encoding") || Is(name, "TE");

    // Anything else .NET's handler sends, or refuses in its own words.
    private static bool IsPlain(string value) => Ascii.IsValid(value) && value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0;

    /// <returns>Whether there was a host among them.</returns>
    private bool WriteHeaders(HttpHeaders headers)
    {
        bool hasHost = false;
        foreach ((string name, HeaderStringValues values) in headers.NonValidated)
        {
            hasHost |= Is(name, "Host");
            if (Is(name, "Content-Length"))
                continue;
            Append(name);
            Append(": "u8);
            // Joins several as the header wants it.
            Append(values.ToString());
            Append("\r\n"u8);
        }

        return hasHost;
    }

    private void WriteContent(HttpContent content)
    {
        using var body = new MemoryStream();
        content.CopyTo(body, context: null, CancellationToken.None);
        WriteHeaders(content.Headers);
        Append("Content-Length: "u8);
        Reserve(LongestNumber);
        Utf8Formatter.TryFormat(body.Length, Bytes.AsSpan(Length), out int digits);
        Length += digits;
        Append("\r\n\r\n"u8);
        Append(body.GetBuffer().AsSpan(0, (int)body.Length));
    }

    private static bool Is(string name, string other) =>
        name.Length == other.Length && string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private void Append(string text)
    {
        Reserve(text.Length);
        Ascii.FromUtf16(text, Bytes.AsSpan(Length), out int written);
        Length += written;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(Bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (Bytes.Length - Length >= more)
            return;
        byte[] larger = new byte[Math.Max(2 * Bytes.Length, Length + more)];
        Bytes.AsSpan(0, Length).CopyTo(larger);
        Bytes = larger;
    }
}
