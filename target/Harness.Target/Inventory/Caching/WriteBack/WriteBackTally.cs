using Harness.Target.Observability;

namespace Harness.Target.Inventory.Caching.WriteBack;

/// <summary>What became of the writes that this process has acknowledged: in the database, on their way, or lost with the cache. It lives in the
/// process, so that it survives the cache; what this process did not live to see, only its clients know.</summary>
public sealed class WriteBackTally
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Span> _waiting = new(StringComparer.Ordinal);
    private readonly Counter _acknowledged;
    private readonly Counter _lost;

    public WriteBackTally(MetricRegistry registry)
    {
        _acknowledged = registry.Counter("cache_write_back_acknowledged_total", "Writes acknowledged before the database had them.");
        _lost = registry.Counter("cache_write_back_lost_total", "Acknowledged writes that neither the cache nor the database has.");
        registry.Gauge("cache_write_back_waiting", "Acknowledged writes that are not in the database yet.", () => Waiting);
    }

    public long Acknowledged => _acknowledged.Value;

    public long Lost => _lost.Value;

    public long Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Values.Sum(span => span.Acknowledged - span.Followed);
        }
    }

    /// <summary>What to ask the database for: the products, each with the newest write that was acknowledged.</summary>
    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (_gate)
            return _waiting.ToDictionary(pair => pair.Key, pair => pair.Value.Acknowledged);
    }

    /// <summary>A write was acknowledged. One that does not follow on the last says that the cache has forgotten the writes from its number on.</summary>
    public void Acknowledge(string sku, long writes)
    {
        _acknowledged.Add();
        lock (_gate)
        {
            var known = _waiting.TryGetValue(sku, out var span) ? span : new Span(writes - 1, writes - 1);
            if (known.Acknowledged >= writes)
                _lost.Add(known.Acknowledged - (writes - 1));
            // The writes of other processes lie in between; they are theirs to tell, and bridged here.
            _waiting[sku] = new Span(writes, Math.Min(known.Followed + Math.Max(0, writes - 1 - known.Acknowledged), writes - 1));
        }
    }

    /// <summary>Takes note of how far the database has followed, and of writes that are nowhere any more.</summary>
    /// <param name="asked">The newest write as <see cref="Snapshot"/> had it, before the cache and the database were asked.</param>
    /// <param name="inCache">The newest write that the cache still had; 0 for none.</param>
    /// <param name="inDatabase">The newest write that the database had after that.</param>
    public void Note(string sku, long asked, long inCache, long inDatabase)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(sku, out var span))
                return;
            if (span.Acknowledged <= inDatabase)
                _waiting.Remove(sku);
            else if (span.Acknowledged == asked && inCache < asked)
            {
                _lost.Add(asked - Math.Max(Math.Max(inCache, inDatabase), span.Followed));
                _waiting.Remove(sku);
            }
            else
                _waiting[sku] = span with { Followed = Math.Max(span.Followed, inDatabase) };
        }
    }

    private readonly record struct Span(long Acknowledged, long Followed);
}

/// <summary>What a cache that writes back owes the database.</summary>
/// <param name="Acknowledged">Writes that this process has acknowledged since it started.</param>
/// <param name="Waiting">Those of them that are not in the database yet.</param>
/// <param name="Lost">Those of them that neither the cache nor the database has any more.</param>
/// <param name="DirtyProducts">Products of which the cache knows more than the database, of every process; -1 when it cannot be asked.</param>
public sealed record WriteBackAudit(long Acknowledged, long Waiting, long Lost, long DirtyProducts);
