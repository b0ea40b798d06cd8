using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Harness.Toxiproxy.Client;

/// <summary>Calls a control API and turns every refusal into one exception that says what was tried.</summary>
internal sealed class ControlCaller : IDisposable
{
    private readonly HttpClient _http;

    public ControlCaller(Uri url, string? token)
    {
        // No proxy of the environment: the server is usually on this machine.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = url };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("harness-toxiproxy-client", "1.0"));
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>The answer's JSON; undefined when it is empty.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">Relative to the API's address.</param>
    /// <param name="body">Null for none.</param>
    /// <param name="what">What is tried, for the message of a failure.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<JsonElement> CallAsync(HttpMethod method, string path, JsonObject? body, string what, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, string text) = await SendAsync(method, path, body, what, cancellationToken);
        return (int)status is >= 200 and < 300 ? Parse(text) : throw Refused(what, status, text);
    }

    /// <summary>Reads a route that a plain Toxiproxy does not have; null when this is one.</summary>
    public async Task<JsonElement?> TryReadExtensionAsync(string path, string what, CancellationToken cancellationToken)
    {
        (HttpStatusCode status, string text) = await SendAsync(HttpMethod.Get, path, null, what, cancellationToken);
        // An unknown route answers with a text, an unknown proxy or toxic with JSON.
        if (status == HttpStatusCode.NotFound && !text.StartsWith('{'))
            return null;
        return status == HttpStatusCode.OK ? Parse(text) : throw Refused(what, status, text);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpMethod method, string path, JsonObject? body, string what, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }
        catch (HttpRequestException unreachable)
        {
            throw new ToxiproxyException($"Cannot {what}: {_http.BaseAddress} does not answer ({unreachable.Message}).", unreachable);
        }
    }

    private static JsonElement Parse(string text) => text.Length == 0 ? default : JsonElement.Parse(text);

    private static ToxiproxyException Refused(string what, HttpStatusCode status, string text)
    {
        string error = text.StartsWith('{') && Parse(text).TryGetProperty("error", out JsonElement given) ? given.GetString()! : text.Trim();
        return new ToxiproxyException($"Cannot {what}: {(int)status} {error}", status, error);
    }
}
