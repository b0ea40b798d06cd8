namespace Harness.Target.Inventory.Caching;

/// <summary>How long an entry is fresh.</summary>
/// <param name="shortest">Asked for each entry: the time to live without jitter.</param>
/// <param name="jitter">Whether each entry gets up to a fifth more, so that what was loaded together does not expire together.</param>
public sealed class TimeToLive(Func<TimeSpan> shortest, bool jitter, Random random)
{
    /// <summary>The share of the time to live by which jitter lengthens it at most.</summary>
    public const double JitterMaxRatio = 0.2;

    /// <inheritdoc cref="TimeToLive(Func{TimeSpan}, bool, Random)"/>
    public TimeToLive(TimeSpan shortest, bool jitter, Random random)
        : this(() => shortest, jitter, random)
    {
    }

    private readonly Lock _gate = new();

    /// <summary>For the next entry: uniform in [shortest, 1.2 · shortest) with jitter.</summary>
    public TimeSpan Next()
    {
        if (!jitter)
            return shortest();
        lock (_gate)
            return shortest() * (1 + (JitterMaxRatio * random.NextDouble()));
    }
}
