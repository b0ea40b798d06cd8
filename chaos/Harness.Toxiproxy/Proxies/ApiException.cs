namespace Harness.Toxiproxy.Proxies;

/// <summary>A refusal with the status and the text that the caller gets.</summary>
internal sealed class ApiException(int status, string error) : Exception(error)
{
    public int Status => status;

    public static ApiException BadBody(string reason) => new(400, $"bad request body: {reason}");

    public static ApiException MissingField(string field) => new(400, $"missing required field: {field}");

    public static ApiException InvalidStream() => new(400, "stream was invalid, can be either upstream or downstream");

    public static ApiException InvalidToxicType() => new(400, "invalid toxic type");

    public static ApiException ProxyNotFound() => new(404, "proxy not found");

    public static ApiException ToxicNotFound() => new(404, "toxic not found");

    public static ApiException ProxyExists() => new(409, "proxy already exists");

    public static ApiException ToxicExists() => new(409, "toxic already exists");

    public static ApiException Internal(string reason) => new(500, reason);
}
