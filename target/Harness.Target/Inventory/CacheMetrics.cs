using Harness.Target.Observability;

namespace Harness.Target.Inventory;

/// <summary>How reads of products went.</summary>
public sealed class CacheMetrics(MetricRegistry registry)
{
    public Counter Hits { get; } = registry.Counter("cache_hits_total", "Reads answered from the cache.");

    public Counter Misses { get; } = registry.Counter("cache_misses_total", "Reads that found nothing in the cache.");

    public Counter Loads { get; } = registry.Counter("cache_loads_total", "Reads of the database to fill the cache.");

    public Counter LockWaits { get; } = registry.Counter("cache_lock_waits_total", "Misses that waited for somebody else's load.");

    public Counter Bypasses { get; } = registry.Counter("cache_bypasses_total", "Reads of the database because the cache or the lock could not be had in time.");
}
