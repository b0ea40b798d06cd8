namespace Harness.Target.Resilience;

/// <summary>How one outgoing call is protected.</summary>
public sealed record EdgePolicy
{
    /// <summary>The edge as everybody names it: <c>orders -> inventory</c>.</summary>
    public required string Edge { get; init; }

    /// <summary>What one try may take.</summary>
    public required TimeSpan TryTimeout { get; init; }

    /// <value>Tries after the first. Default 0: none.</value>
    public int Retries { get; init; }

    /// <value>The middle of the first pause between tries; it doubles, with jitter. Default 50 ms.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <value>Calls within <see cref="BreakerWindow"/> before the breaker judges. Default 8.</value>
    public int BreakerCallsMin { get; init; } = 8;

    /// <value>The failed share from which it opens, in (0, 1]. Default 0.5.</value>
    public double BreakerFailureRatio { get; init; } = 0.5;

    /// <value>What it looks back on. Default 2 s.</value>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <value>How long it stays open before it lets one call try. Default 1 s.</value>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(1);
}
