using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Asks every service once a second what it has counted; a slow answer of one holds up neither the others nor the series.</summary>
internal sealed class ServiceSampler(IReadOnlyList<RunningService> services, RunClock clock) : IDisposable
{
    private const string CpuSeconds = "process_cpu_seconds_total";
    private const string ResidentBytes = "process_resident_memory_bytes";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>An answer older than this says nothing about now.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(3);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly Lock _answering = new();
    private readonly Dictionary<string, Answer> _answers = [];

    /// <summary>Asks until <paramref name="endToken"/> ends it.</summary>
    public Task RunAsync(CancellationToken endToken) => Task.WhenAll(services.Select(service => RunAsync(service, endToken)));

    /// <summary>What each service said last; one that has said nothing lately is left out, so that the series has a gap there.</summary>
    public IReadOnlyDictionary<string, ServiceSample> Latest()
    {
        lock (_answering)
            return _answers.Where(one => clock.Now - one.Value.At <= Fresh).ToDictionary(one => one.Key, one => one.Value.Sample);
    }

    public void Dispose() => _http.Dispose();

    private async Task RunAsync(RunningService service, CancellationToken endToken)
    {
        using var timer = new PeriodicTimer(Second, clock.Time);
        try
        {
            do
                await AskAsync(service, endToken);
            while (await timer.WaitForNextTickAsync(endToken));
        }
        catch (OperationCanceledException) when (endToken.IsCancellationRequested)
        {
            // The run is over; the last answer stays.
        }
    }

    private async Task AskAsync(RunningService service, CancellationToken endToken)
    {
        try
        {
            string text = await _http.GetStringAsync(new Uri(service.Direct, "/metrics"), endToken);
            Note(service.Name, PrometheusText.Parse(text));
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !endToken.IsCancellationRequested)
        {
            // A service that is down or overloaded is the finding, not an error of ours; its last answer grows old.
            return;
        }
    }

    private void Note(string service, Dictionary<string, double> metrics)
    {
        TimeSpan at = clock.Now;
        double? cpu = metrics.TryGetValue(CpuSeconds, out double seconds) ? seconds : null;
        long? memory = metrics.TryGetValue(ResidentBytes, out double bytes) ? (long)bytes : null;
        lock (_answering)
        {
            // A service that was started again counts from zero.
            double? ratio = _answers.TryGetValue(service, out Answer? before) && at > before.At && cpu >= before.CpuSeconds
                ? (cpu - before.CpuSeconds) / (at - before.At).TotalSeconds
                : null;
            _answers[service] = new Answer(at, cpu, new ServiceSample(ratio, memory, metrics));
        }
    }

    private sealed record Answer(TimeSpan At, double? CpuSeconds, ServiceSample Sample);
}
