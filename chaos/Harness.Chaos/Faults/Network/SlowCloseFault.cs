using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>The end of a stream arrives late; data is untouched.</summary>
public sealed record SlowCloseFault : NetworkFault
{
    /// <summary>From the end of the stream to the moment it is passed on.</summary>
    public required TimeSpan Delay { get; init; }

    public override string Kind => SlowCloseFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(new SlowCloseToxic { Delay = Delay });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["delay"] = Units.Text(Delay) };
}

internal sealed class SlowCloseFaultKind : NetworkFaultKind
{
    public const string Word = "slow-close";

    public override string Name => Word;

    public override string Summary => "the end of a connection arrives late: delay";

    protected override NetworkFault ReadOwn(FaultFields fields) => new SlowCloseFault { Delay = fields.Duration("delay") };
}
