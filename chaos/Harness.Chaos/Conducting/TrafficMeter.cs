using System.Net.Http.Json;
using System.Text.Json;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Conducting;

/// <summary>Asks the proxies how many bytes have crossed each edge, both ways.</summary>
internal sealed class TrafficMeter(IRunningEnvironment environment) : IDisposable
{
    private const string Received = "toxiproxy_proxy_received_bytes_total{";
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };

    /// <summary>Bytes since the proxies' start by edge; null where they do not count.</summary>
    public async Task<IReadOnlyDictionary<string, double>?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Dictionary<string, double> metrics = PrometheusText.Parse(await _http.GetStringAsync(new Uri(environment.ProxyApi, "/metrics"), cancellationToken));
            var bytes = new Dictionary<string, double>();
            foreach (Edge edge in environment.Edges)
            {
                string name = environment.ProxyOf(edge), label = $"proxy=\"{name}\"";
                // The counters are of connections that are over; those that are open tell of themselves.
                bytes[edge.ToString()] = await OpenAsync(name, cancellationToken)
                    + metrics.Where(one => one.Key.StartsWith(Received, StringComparison.Ordinal) && one.Key.Contains(label, StringComparison.Ordinal)).Sum(one => one.Value);
            }

            return bytes.Values.Sum() > 0 ? bytes : null;
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or KeyNotFoundException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<long> OpenAsync(string proxy, CancellationToken cancellationToken)
    {
        JsonElement open = await _http.GetFromJsonAsync<JsonElement>(new Uri(environment.ProxyApi, $"/proxies/{Uri.EscapeDataString(proxy)}/connections"), cancellationToken);
        return open.EnumerateArray().Sum(one => one.GetProperty("bytes_up").GetInt64() + one.GetProperty("bytes_down").GetInt64());
    }
}
