using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Harness.Toxiproxy.Http;

/// <summary>Writes answers.</summary>
internal sealed class HttpWriter(Socket socket, TimeProvider time)
{
    private static readonly Dictionary<int, string> Reasons = new()
    {
        [200] = "OK", [201] = "Created", [204] = "No Content", [301] = "Moved Permanently", [400] = "Bad Request", [401] = "Unauthorized",
        [403] = "Forbidden", [404] = "Not Found", [405] = "Method Not Allowed", [409] = "Conflict", [413] = "Request Entity Too Large",
        [431] = "Request Header Fields Too Large", [500] = "Internal Server Error", [503] = "Service Unavailable",
    };

    public async Task WriteAsync(HttpReply reply, bool keepAlive, bool withBody, CancellationToken cancellationToken)
    {
        byte[] head = Encoding.UTF8.GetBytes(Head(reply, keepAlive));
        byte[] body = withBody ? reply.Body : [];
        await SendAllAsync(new[] { head, body }.SelectMany(b => b).ToArray(), cancellationToken);
        if (reply.Stream is { } stream)
            await stream(bytes => SendAllAsync(bytes, cancellationToken), cancellationToken);
    }

    private string Head(HttpReply reply, bool keepAlive)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {Reasons.GetValueOrDefault(reply.Status, "Status")}\r\n");
        if (reply.ContentType is { } type)
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        foreach ((string name, string value) in reply.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Date: {time.GetUtcNow():R}\r\n");
        if (!keepAlive)
            head.Append("Connection: close\r\n");
        if (reply.Status != 204 && reply.Stream is null)
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\n");
        return head.Append("\r\n").ToString();
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }
}
