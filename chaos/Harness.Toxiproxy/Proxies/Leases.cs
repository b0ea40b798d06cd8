namespace Harness.Toxiproxy.Proxies;

/// <summary>Heals faults whose holder stopped renewing them: one timer, set to the earliest end.</summary>
internal sealed class Leases : IAsyncDisposable
{
    private readonly ProxyCollection _proxies;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stopping = new();

    public Leases(ProxyCollection proxies, TimeProvider time)
    {
        _proxies = proxies;
        _timer = time.CreateTimer(_ => _ = HealAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>To be called after anything that may have begun, renewed or ended a lease.</summary>
    public void Watch() => SetTimer(_proxies.NextLeaseEnd());

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _timer.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HealAsync()
    {
        try
        {
            SetTimer(await _proxies.HealExpiredAsync(_stopping.Token));
        }
        catch (ApiException)
        {
            // One address could not be had again; the other leases still count.
            Watch();
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
        {
            // The server stops, and all faults with it.
            return;
        }
    }

    private void SetTimer(TimeSpan? end)
    {
        TimeSpan wait = end is { } at ? TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((at - _proxies.Now).TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
