using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Control;
using Harness.Records;

namespace Harness.Cli.Control;

/// <summary>Talks to the control API of a system that is up, in another process of the same user.</summary>
internal sealed class ControlClient : IDisposable
{
    /// <summary>The token for a system that <c>--at</c> names and that no file of this user's knows.</summary>
    public const string TokenVariable = "HARNESS_CONTROL_TOKEN";

    // Healing may take ten seconds, and a restart in between.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient _http;

    private ControlClient(Uri url, string token)
    {
        Url = url;
        // Not through a proxy of the network, which variables may name: this machine is meant, and the token is nobody else's.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(url, "api/v1/"), Timeout = Patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Uri Url { get; }

    /// <summary>The newest system that is up, or the one that is asked for.</summary>
    /// <param name="at">The address that <c>harness up</c> printed; null for the newest.</param>
    /// <param name="error">Told why there is none.</param>
    public static ControlClient? Find(string? at, TextWriter error)
    {
        IReadOnlyList<LivingUp> living = LivingUps.All();
        if (at is null)
        {
            if (living is [var newest, ..])
                return new ControlClient(newest.Url, newest.Token);
            error.WriteLine("harness: no system is up; ./harness up starts one");
            return null;
        }

        if (!Uri.TryCreate(at, UriKind.Absolute, out Uri? url) || !url.IsLoopback || url.Scheme != Uri.UriSchemeHttp)
        {
            error.WriteLine($"harness: --at: '{at}' is not an address such as http://127.0.0.1:8400/, on this machine");
            return null;
        }

        string? token = living.FirstOrDefault(up => up.Url.Port == url.Port)?.Token ?? Environment.GetEnvironmentVariable(TokenVariable);
        if (token is { Length: > 0 })
            return new ControlClient(new Uri(url, "/"), token);
        error.WriteLine($"harness: --at: no system of yours is up at {at}{(living.Count > 0 ? $"; there is {string.Join(" and ", living.Select(up => up.Url))}" : "")}; for somebody else's put its token into {TokenVariable}");
        return null;
    }

    public async Task<ControlAnswer> AskAsync(HttpMethod method, string path, JsonNode? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new ControlAnswer(response.StatusCode, text.Length > 0 ? JsonNode.Parse(text) : null);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new ControlAnswer(0, new JsonObject { ["detail"] = $"{Url} does not answer: {failure.Message}" });
        }
    }

    public async Task<StatusView?> StatusAsync(CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Get, "status", null, cancellationToken) is { IsGood: true, Body: { } body } ? body.Deserialize<StatusView>(RecordJson.Line) : null;

    public void Dispose() => _http.Dispose();
}

/// <summary>What the control API said.</summary>
/// <param name="Status">0 when it said nothing.</param>
/// <param name="Body">JSON; null for none.</param>
internal sealed record ControlAnswer(HttpStatusCode Status, JsonNode? Body)
{
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>What was wrong, a line each.</summary>
    public IEnumerable<string> Problems => Body?["problems"] is JsonArray problems
        ? problems.Select(problem => problem!.ToString())
        : [Body?["detail"]?.ToString() ?? Body?["problem"]?.ToString() ?? $"status {(int)Status}"];

    /// <summary>What a command that got this answer ends with.</summary>
    public int ExitCode => IsGood ? Cli.ExitCode.Passed : Status is HttpStatusCode.BadRequest or HttpStatusCode.NotFound ? Cli.ExitCode.BadInput : Cli.ExitCode.NothingProven;
}
