using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Harness.Toxiproxy.Bench;

/// <summary>What is measured: the way to an origin without a proxy, or through one.</summary>
internal sealed class BenchSubject(string name, Uri? url, int? processId) : IDisposable
{
    private readonly ToxiproxyClient? _client = url is null ? null : new ToxiproxyClient(url);
    private readonly HttpClient? _metrics = url is null ? null : new HttpClient { BaseAddress = url };
    private int _proxies;

    public string Name => name;

    public bool IsDirect => _client is null;

    /// <summary>Where to connect to reach <paramref name="origin"/>; the proxy goes when the result is disposed.</summary>
    public async Task<BenchWay> OpenAsync(BenchOrigin origin, Toxic? toxic, CancellationToken cancellationToken)
    {
        if (_client is null)
            return new BenchWay(origin.Address, () => Task.CompletedTask);
        string proxy = $"bench-{Interlocked.Increment(ref _proxies)}-{Environment.ProcessId}";
        Proxy made = await _client.CreateProxyAsync(proxy, "127.0.0.1:0", origin.Address.ToString(), cancellationToken);
        if (toxic is not null)
            await _client.AddToxicAsync(proxy, toxic, cancellationToken);
        return new BenchWay(IPEndPoint.Parse(made.Listen), () => _client.DeleteProxyAsync(proxy, CancellationToken.None));
    }

    /// <summary>CPU time of the server's process so far; null when nobody can tell.</summary>
    public async Task<TimeSpan?> CpuAsync(CancellationToken cancellationToken)
    {
        if (processId is { } id)
        {
            using var process = Process.GetProcessById(id);
            return process.TotalProcessorTime;
        }
        return await MetricAsync("process_cpu_seconds_total", cancellationToken) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>Resident memory of the server's process; null when nobody can tell.</summary>
    public async Task<double?> ResidentBytesAsync(CancellationToken cancellationToken)
    {
        if (processId is not { } id)
            return await MetricAsync("process_resident_memory_bytes", cancellationToken);
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _metrics?.Dispose();
    }

    private async Task<double?> MetricAsync(string metric, CancellationToken cancellationToken)
    {
        if (_metrics is null)
            return null;
        using HttpResponseMessage answer = await _metrics.GetAsync("metrics", cancellationToken);
        string text = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : "";
        string? line = text.Split('\n').FirstOrDefault(l => l.StartsWith(metric + " ", StringComparison.Ordinal));
        return line is null ? null : double.Parse(line[(metric.Length + 1)..], CultureInfo.InvariantCulture);
    }
}

/// <summary>An address to connect to, while it lasts.</summary>
internal sealed class BenchWay(IPEndPoint address, Func<Task> close) : IAsyncDisposable
{
    public IPEndPoint Address => address;

    public async ValueTask DisposeAsync() => await close();
}
