namespace Harness.Toxiproxy.Http;

/// <summary>A request to the control API, read completely.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Path">The raw path, still percent-encoded, without the query.</param>
/// <param name="Query">What follows the question mark.</param>
/// <param name="Headers">By name, whatever its case; the last of several.</param>
/// <param name="Body">Empty when there was none.</param>
/// <param name="KeepAlive">Whether the client wants to send more on this connection.</param>
internal sealed record HttpRequest(
    string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, bool KeepAlive)
{
    public string Header(string name) => Headers.GetValueOrDefault(name, "");
}
