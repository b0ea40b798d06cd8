using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Faults.Services;

/// <summary>The way into a service for faults: past every proxy, for whoever knows the token that the service was started with.</summary>
internal sealed class ServiceChaos : IDisposable
{
    /// <summary>Where a service finds its token.</summary>
    public const string TokenVariable = "CHAOS_TOKEN";

    private const string TokenHeader = "Chaos-Token";
    private readonly HttpClient _http;

    /// <param name="service">Whom it asks.</param>
    /// <param name="token">The token of the run.</param>
    public ServiceChaos(RunningService service, string token)
    {
        Service = service.Name;
        _http = new HttpClient { BaseAddress = service.Direct, Timeout = TimeSpan.FromSeconds(5) };
        _http.DefaultRequestHeaders.Add(TokenHeader, token);
    }

    /// <summary>The service's name.</summary>
    public string Service { get; }

    /// <summary>Puts a fault in place, or holds it for another three seconds.</summary>
    /// <returns>What it was seen to do since the service has it.</returns>
    /// <exception cref="ServiceChaosException">It was refused, or the service does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, double>> HoldAsync(string name, JsonObject fault, CancellationToken cancellationToken) =>
        await AskAsync(HttpMethod.Put, $"/chaos/{name}", fault, ReadEvidence, cancellationToken) ?? throw new ServiceChaosException($"{Service} has no way in for faults.");

    /// <summary>Takes it away.</summary>
    /// <returns>What it was seen to do; null when it is not there any more.</returns>
    /// <exception cref="ServiceChaosException">The service does not answer.</exception>
    public Task<IReadOnlyDictionary<string, double>?> TakeAwayAsync(string name, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, $"/chaos/{name}", null, ReadEvidence, cancellationToken);

    /// <summary>The settings that can be changed while the service runs, as they are in effect; null when it has no way in.</summary>
    /// <exception cref="ServiceChaosException">The service does not answer.</exception>
    public Task<IReadOnlyDictionary<string, string>?> SettingsAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyDictionary<string, string>>(
        HttpMethod.Get, "/chaos", null, view => view.GetProperty("settings").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString()!), cancellationToken);

    public void Dispose() => _http.Dispose();

    private static IReadOnlyDictionary<string, double> ReadEvidence(JsonElement held) =>
        held.GetProperty("evidence").EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetDouble());

    private async Task<T?> AskAsync<T>(HttpMethod method, string path, JsonObject? body, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            // Its length is said, because a body of unknown length is not taken.
            using var request = new HttpRequestMessage(method, path)
            {
                Content = body is null ? null : new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
            };
            using HttpResponseMessage answer = await _http.SendAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return null;
            JsonElement told = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return answer.IsSuccessStatusCode ? read(told) : throw new ServiceChaosException($"{Service} refuses the fault: {told.GetProperty("detail")}");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ServiceChaosException($"{Service} cannot be asked about its faults: {error.Message}");
        }
    }
}

/// <summary>A service would not be put wrong, or could not be reached for it.</summary>
public sealed class ServiceChaosException(string message) : Exception(message);
