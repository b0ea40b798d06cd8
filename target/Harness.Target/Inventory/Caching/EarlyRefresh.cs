namespace Harness.Target.Inventory.Caching;

/// <summary>Decides which read of a fresh entry loads it anew, before its time is over, so that nobody waits when it is.</summary>
/// <remarks>
/// The rule is XFetch of Vattani, Chierichetti and Lowenstein, "Optimal Probabilistic Cache Stampede Prevention", PVLDB 8(8), 2015: load when
/// now − Δ·β·ln(u) is not before the expiry, where Δ is what the last load took and u is uniform in (0, 1]. The gap to the
/// expiry is so exponential with mean β·Δ: as many readers as come within a load's time make it likely that one of them is early, and a
/// value that is hardly read is loaded when it is over, where nobody else is there to wait.
/// </remarks>
/// <param name="beta">Above 1 for earlier, below for later; 1 is optimal against loads that take what they took before.</param>
public sealed class EarlyRefresh(TimeProvider time, Random random, double beta = 1)
{
    private readonly Lock _gate = new();

    /// <summary>Whether this read should load.</summary>
    public bool IsDue(CachedProduct entry)
    {
        double uniform;
        lock (_gate)
            uniform = 1 - random.NextDouble();
        return time.GetUtcNow() - (entry.LoadTook * (beta * Math.Log(uniform))) >= entry.FreshUntil;
    }
}
