using System.Text;
using Harness.Toxiproxy.Json;

namespace Harness.Toxiproxy.Http;

/// <summary>An answer of the control API.</summary>
internal sealed record HttpReply(int Status, string? ContentType, byte[] Body)
{
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Writes the body bit by bit after the headers, until it returns or the client goes; null when the body is known.</summary>
    public Func<Func<ReadOnlyMemory<byte>, Task>, CancellationToken, Task>? Stream { get; init; }

    public static HttpReply Json(int status, string json) => new(status, "application/json", Encoding.UTF8.GetBytes(json));

    public static HttpReply Empty(int status) => new(status, null, []);

    public static HttpReply Text(int status, string text) =>
        new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text)) { Headers = [("X-Content-Type-Options", "nosniff")] };

    /// <summary>What every error looks like. The content type says JSON, which it is.</summary>
    public static HttpReply Error(int status, string error) =>
        new(status, "application/json", Encoding.UTF8.GetBytes($$"""{"error":{{JsonText.Of(error)}},"status":{{status}}}""" + "\n"));
}
