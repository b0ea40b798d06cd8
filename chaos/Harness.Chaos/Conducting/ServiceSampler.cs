using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Asks every service once a second what it has counted.</summary>
internal sealed class ServiceSampler(IReadOnlyList<RunningService> services, RunClock clock) : IDisposable
{
    private const string CpuSeconds = "process_cpu_seconds_total";
    private const string ResidentBytes = "process_resident_memory_bytes";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMilliseconds(900) };
    private readonly Dictionary<string, (TimeSpan At, double CpuSeconds)> _before = [];

    /// <summary>What each service answered; a service that did not answer in time is left out.</summary>
    public async Task<IReadOnlyDictionary<string, ServiceSample>> SampleAsync(CancellationToken cancellationToken)
    {
        ServiceSample?[] samples = await Task.WhenAll(services.Select(service => SampleAsync(service, cancellationToken)));
        return services.Zip(samples).Where(pair => pair.Second is not null).ToDictionary(pair => pair.First.Name, pair => pair.Second!);
    }

    public void Dispose() => _http.Dispose();

    private async Task<ServiceSample?> SampleAsync(RunningService service, CancellationToken cancellationToken)
    {
        try
        {
            string text = await _http.GetStringAsync(new Uri(service.Direct, "/metrics"), cancellationToken);
            Dictionary<string, double> metrics = PrometheusText.Parse(text);
            return new ServiceSample(
                CpuRatio(service.Name, metrics),
                metrics.TryGetValue(ResidentBytes, out double bytes) ? (long)bytes : null,
                metrics);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // A service that is down or overloaded is the finding, not an error of ours: the series has a gap there.
            return null;
        }
    }

    private double? CpuRatio(string service, Dictionary<string, double> metrics)
    {
        if (!metrics.TryGetValue(CpuSeconds, out double now))
            return null;
        TimeSpan at = clock.Now;
        double? ratio = null;
        lock (_before)
        {
            if (_before.TryGetValue(service, out var before) && at > before.At)
                ratio = (now - before.CpuSeconds) / (at - before.At).TotalSeconds;
            _before[service] = (at, now);
        }

        return ratio;
    }
}
