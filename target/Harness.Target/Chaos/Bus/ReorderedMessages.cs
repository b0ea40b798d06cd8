namespace Harness.Target.Chaos.Bus;

/// <summary>What this service publishes is gathered for a while and then published last first.</summary>
public sealed record ReorderedMessages : ServiceFault
{
    /// <value>How long is gathered, up to ten minutes.</value>
    public required TimeSpan Window { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options) => WaitProblems("window", Window, TimeSpan.FromMilliseconds(1));
}
