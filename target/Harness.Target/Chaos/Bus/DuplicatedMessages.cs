namespace Harness.Target.Chaos.Bus;

/// <summary>A share of what this service publishes is published twice.</summary>
public sealed record DuplicatedMessages : ServiceFault
{
    /// <value>In (0, 1].</value>
    public required double Ratio { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options) => RatioProblems(Ratio);
}
