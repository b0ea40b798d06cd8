using System.Text;

namespace Harness.Toxiproxy.Toxics;

/// <summary>Finds the requests in what a client sends. A request is looked for at the beginning of a chunk, which is where clients that wait for an
/// answer before they ask again begin one; bodies and pipelined requests pass unseen.</summary>
internal static class HttpRequestScanner
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private const int LineMax = 8 * 1024;

    /// <summary>The request that begins at the beginning of <paramref name="bytes"/>; null when none does.</summary>
    public static (string Method, string Target)? Scan(ReadOnlySpan<byte> bytes)
    {
        int end = bytes[..Math.Min(bytes.Length, LineMax)].IndexOf("\r\n"u8);
        if (end < 0)
            return null;
        string[] parts = Encoding.ASCII.GetString(bytes[..end]).Split(' ');
        return parts is [var method, var target, "HTTP/1.1" or "HTTP/1.0"] && Methods.Contains(method) ? (method, target) : null;
    }
}
