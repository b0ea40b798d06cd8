using System.Diagnostics;
using System.Net.Http.Json;
using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Benchmarks;

/// <summary>Looks at a running order system past every proxy: what it has settled, whether it rests, what it costs.</summary>
internal sealed class SystemProbe(IRunningEnvironment environment) : IDisposable
{
    private static readonly TimeSpan RestLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RestPause = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    public Uri Orders => Direct("orders");

    public Uri Inventory => Direct("inventory");

    /// <summary>What the system has settled and spent up to now.</summary>
    public async Task<SystemReading> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, double> metrics = PrometheusText.Parse(await _http.GetStringAsync(new Uri(Orders, "/metrics"), cancellationToken));
        double settled = metrics.Where(metric => metric.Key.StartsWith("orders_terminal_total", StringComparison.Ordinal)).Sum(metric => metric.Value);
        return new SystemReading(
            Stopwatch.GetTimestamp(), settled, ProcessTree.CpuBelow(Environment.ProcessId), Environment.CpuUsage.TotalTime);
    }

    /// <summary>Waits until no service has anything left to do, twice in a row.</summary>
    /// <exception cref="EnvironmentException">It did not come to rest within 30 s.</exception>
    public async Task RestAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        for (int rested = 0; rested < 2; rested = await IsAtRestAsync(cancellationToken) ? rested + 1 : 0)
        {
            if (Stopwatch.GetElapsedTime(start) > RestLimit)
                throw new EnvironmentException($"The order system did not come to rest within {RestLimit.TotalSeconds} s of a load.");
            await Task.Delay(RestPause, cancellationToken);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsAtRestAsync(CancellationToken cancellationToken)
    {
        RestReport?[] reports = await Task.WhenAll(
            environment.Services.Select(service => _http.GetFromJsonAsync<RestReport>(new Uri(service.Direct, "/audit/rest"), cancellationToken)));
        return reports.All(report => report is { AtRest: true });
    }

    private Uri Direct(string service) => environment.Services.First(one => one.Name == service).Direct;

    private sealed record RestReport(bool AtRest);
}

/// <summary>What a system has done and spent up to a moment.</summary>
/// <param name="Timestamp">Of <see cref="Stopwatch"/>.</param>
/// <param name="Settled">Sagas that ended, either way.</param>
/// <param name="SystemCpu">Of the services and their stores.</param>
/// <param name="OwnCpu">Of this process: the proxies and the load.</param>
internal sealed record SystemReading(long Timestamp, double Settled, TimeSpan SystemCpu, TimeSpan OwnCpu)
{
    public double SecondsTo(SystemReading later) => Stopwatch.GetElapsedTime(Timestamp, later.Timestamp).TotalSeconds;

    public double SettledPerSecondTo(SystemReading later) => (later.Settled - Settled) / SecondsTo(later);
}
