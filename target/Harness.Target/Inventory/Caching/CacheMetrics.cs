using Harness.Target.Observability;

namespace Harness.Target.Inventory.Caching;

/// <summary>How reads of products went.</summary>
public sealed class CacheMetrics
{
    public CacheMetrics(MetricRegistry registry)
    {
        Hits = registry.Counter("cache_hits_total", "Reads answered from the cache.");
        Misses = registry.Counter("cache_misses_total", "Reads that found nothing fresh in the cache.");
        Loads = registry.Counter("cache_loads_total", "Reads of the database to fill the cache.");
        Expiries = registry.Counter("cache_expiries_total", "Times a product was not there or over; misses while this process already loads it are not counted again.");
        LockWaits = registry.Counter("cache_lock_waits_total", "Misses that waited for somebody else's load.");
        Bypasses = registry.Counter("cache_bypasses_total", "Reads of the database because the cache or the lock could not be had in time.");
        StaleServed = registry.Counter("cache_stale_served_total", "Reads answered with a value whose time is over, because no newer one could be had.");
        EarlyRefreshes = registry.Counter("cache_early_refreshes_total", "Loads begun before the time of a value was over.");
        registry.Gauge("cache_loads_per_expiry", "Loads for each expiry that this process saw.", () => Expiries.Value == 0 ? double.NaN : (double)Loads.Value / Expiries.Value);
    }

    public Counter Hits { get; }

    public Counter Misses { get; }

    public Counter Loads { get; }

    public Counter Expiries { get; }

    public Counter LockWaits { get; }

    public Counter Bypasses { get; }

    public Counter StaleServed { get; }

    public Counter EarlyRefreshes { get; }
}
