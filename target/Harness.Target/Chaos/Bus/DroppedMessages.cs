namespace Harness.Target.Chaos.Bus;

/// <summary>This service takes a share of its messages and forgets them, as if it had crashed in between; the bus delivers them again, and then they are handled.</summary>
public sealed record DroppedMessages : ServiceFault
{
    /// <value>In (0, 1].</value>
    public required double Ratio { get; init; }

    public override IEnumerable<string> Problems(ServiceOptions options) => RatioProblems(Ratio);
}
