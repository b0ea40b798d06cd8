namespace Harness.Target.Resilience;

/// <summary>How the calls over one outgoing edge are protected.</summary>
public sealed record EdgePolicy
{
    /// <summary>The edge as everybody names it: <c>orders -> inventory</c>.</summary>
    public required string Edge { get; init; }

    /// <summary>What one try may take; from 10 ms to an hour.</summary>
    public required TimeSpan TryTimeout { get; init; }

    /// <value>Tries after the first, from 0 to 10. Default 0: none.</value>
    public int Retries { get; init; }

    /// <value>The middle of the first pause between tries; it doubles, with jitter. Default 50 ms.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <value>The longest pause between tries. Default 1 s.</value>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>Retries that the first tries earn, for each of them, in [0, 1]. Default 0.2.</value>
    public double RetryBudgetRatio { get; init; } = 0.2;

    /// <value>Retries that a second earns by itself, so that a quiet edge may try again too. Default 1.</value>
    public double RetryBudgetPerSecond { get; init; } = 1;

    /// <value>Retries that can be saved up, and that a new process starts with; at least 1. Default 20.</value>
    public double RetryBudgetMax { get; init; } = 20;

    /// <value>Calls within <see cref="BreakerWindow"/> before the breaker judges, at least 2. Default 8.</value>
    public int BreakerCallsMin { get; init; } = 8;

    /// <value>The failed share from which it opens, in (0, 1]. Default 0.5.</value>
    public double BreakerFailureRatio { get; init; } = 0.5;

    /// <value>What it looks back on, from 500 ms to a day. Default 2 s.</value>
    public TimeSpan BreakerWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <value>How long it stays open before it lets one call try, from 500 ms to a day. Default 1 s.</value>
    public TimeSpan BreakerPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>Calls that may be under way at once, their pauses between tries included; at least 1. Default 128.</value>
    public int ConcurrentCallsMax { get; init; } = 128;

    /// <value>Calls that may wait for a place; one more is refused at once. Default 128.</value>
    public int WaitingCallsMax { get; init; } = 128;

    /// <summary>The word for who is called.</summary>
    public string Callee => Edge[(Edge.LastIndexOf(' ') + 1)..];

    /// <summary>Whether both ends are services of the order system, so that sidecars can hold this policy in the caller's place.</summary>
    public bool IsBetweenServices => Edge.Split(" -> ") is [_, var callee] && Enum.GetValues<ServiceName>().Any(service => service.Word() == callee);

    /// <summary>Everything that is wrong with it, each with the value seen; empty when it can be built.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        void Check(bool isRight, string name, object value, string right)
        {
            if (!isRight)
                problems.Add(FormattableString.Invariant($"{Edge}: {name} is {value}; it must be {right}."));
        }

        var (halfSecond, day) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromDays(1));
        Check(TryTimeout >= TimeSpan.FromMilliseconds(10) && TryTimeout <= TimeSpan.FromHours(1), nameof(TryTimeout), TryTimeout, "from 10 ms to an hour");
        Check(Retries is >= 0 and <= 10, nameof(Retries), Retries, "from 0 to 10");
        Check(RetryDelay >= TimeSpan.Zero && RetryDelay <= RetryDelayMax, nameof(RetryDelay), RetryDelay, $"from 0 to {nameof(RetryDelayMax)}, {RetryDelayMax}");
        Check(RetryDelayMax <= TimeSpan.FromHours(1), nameof(RetryDelayMax), RetryDelayMax, "at most an hour");
        Check(RetryBudgetRatio is >= 0 and <= 1, nameof(RetryBudgetRatio), RetryBudgetRatio, "a ratio from 0 to 1");
        Check(RetryBudgetPerSecond is >= 0 and <= 1000, nameof(RetryBudgetPerSecond), RetryBudgetPerSecond, "from 0 to 1000");
        Check(RetryBudgetMax is >= 1 and <= 100_000, nameof(RetryBudgetMax), RetryBudgetMax, "from 1 to 100000");
        Check(BreakerCallsMin >= 2, nameof(BreakerCallsMin), BreakerCallsMin, "at least 2");
        Check(BreakerFailureRatio is > 0 and <= 1, nameof(BreakerFailureRatio), BreakerFailureRatio, "a ratio above 0, up to 1");
        Check(BreakerWindow >= halfSecond && BreakerWindow <= day, nameof(BreakerWindow), BreakerWindow, "from 500 ms to a day");
        Check(BreakerPause >= halfSecond && BreakerPause <= day, nameof(BreakerPause), BreakerPause, "from 500 ms to a day");
        Check(ConcurrentCallsMax >= 1, nameof(ConcurrentCallsMax), ConcurrentCallsMax, "at least 1");
        Check(WaitingCallsMax >= 0, nameof(WaitingCallsMax), WaitingCallsMax, "at least 0");
        return problems;
    }
}

/// <summary>A policy that cannot be built: the message holds all its problems, one a line.</summary>
public sealed class EdgePolicyException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems));
