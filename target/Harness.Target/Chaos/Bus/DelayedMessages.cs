namespace Harness.Target.Chaos.Bus;

/// <summary>
/// A share of what this service publishes reaches the bus later. Until it has, it stays in the outbox, so a crash meanwhile loses nothing;
/// and what is written meanwhile waits behind it, as behind a broker that is slow to acknowledge.
/// </summary>
public sealed record DelayedMessages : ServiceFault
{
    /// <value>Up to ten minutes.</value>
    public required TimeSpan Time { get; init; }

    /// <value>How far a delay strays either way, evenly; at most <see cref="Time"/>. Default 0.</value>
    public TimeSpan Jitter { get; init; }

    /// <value>In (0, 1]. Default 1.</value>
    public double Ratio { get; init; } = 1;

    public override IEnumerable<string> Problems(ServiceOptions options) =>
    [
        .. WaitProblems("time", Time, TimeSpan.FromMilliseconds(1)),
        .. Jitter < TimeSpan.Zero || Jitter > Time ? [$"jitter: {Jitter} is not between 0 and the time of {Time}."] : Array.Empty<string>(),
        .. RatioProblems(Ratio),
    ];

    /// <summary>One delay.</summary>
    /// <param name="draw">Uniform in [0, 1).</param>
    internal TimeSpan Next(double draw) => Time + (Jitter * ((2 * draw) - 1));
}
