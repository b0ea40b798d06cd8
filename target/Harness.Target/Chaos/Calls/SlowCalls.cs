namespace Harness.Target.Chaos.Calls;

/// <summary>Calls take longer. Those that go out wait inside the edge's pipeline, so that its timeout, retry and breaker see a slow callee.</summary>
public sealed record SlowCalls : CallFault
{
    /// <value>Up to ten minutes.</value>
    public required TimeSpan Delay { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options) => [.. WaitProblems("delay", Delay, TimeSpan.FromMilliseconds(1)), .. base.Problems(options)];
}
