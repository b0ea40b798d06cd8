using System.Data.Common;
using Harness.Target.Observability;
using Harness.Target.Storage;

namespace Harness.Target.Inventory.Caching.WriteBack;

/// <summary>Brings the database up to what the cache has acknowledged, every so often and once more when the service stops.</summary>
public sealed class WriteBackFlusher(
    IStore store, DirtyProducts dirty, WriteBackTally tally, MetricRegistry registry, TimeProvider time, ILogger<WriteBackFlusher> logger, TimeSpan every) : BackgroundService
{
    private readonly Counter _flushed = registry.Counter("cache_write_back_flushed_total", "Acknowledged writes that have reached the database.");

    /// <summary>Brings every dirty product to the database in one transaction. Several processes may do it at once.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var waiting = tally.Snapshot();
        var prices = await dirty.ReadAsync(waiting.Keys, cancellationToken);
        if (prices.Count == 0)
            return;
        var pending = prices.ToDictionary(price => price.Key, price => PendingPrice.Read(price.Value), StringComparer.Ordinal);
        var (flushed, followed) = await store.WriteAsync(
            connection =>
            {
                var writes = pending.Sum(price => price.Value is { } newest ? FollowedWrites.Follow(connection, price.Key, newest) : 0);
                return (writes, pending.Keys.ToDictionary(sku => sku, sku => FollowedWrites.Of(connection, sku), StringComparer.Ordinal));
            },
            cancellationToken);
        _flushed.Add(flushed);
        var lost = tally.Lost;
        foreach (var (sku, asked) in waiting)
            tally.Note(sku, asked, pending[sku]?.Writes ?? 0, followed[sku]);
        if (tally.Lost > lost)
            logger.LogWarning("The cache has lost {Count} acknowledged writes.", tally.Lost - lost);
        await dirty.CleanAsync(prices, cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryFlushAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryFlushAsync(stoppingToken);
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (Exception e) when (CacheLink.IsAway(e) || e is DbException or StoreBusyException or OperationCanceledException)
        {
            logger.LogDebug(e, "Nothing was brought to the database this time.");
        }
    }
}
