using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>New connections take longer to come about; open ones are not touched.</summary>
public sealed record SlowOpenFault : NetworkFault
{
    /// <summary>How much later the first byte passes.</summary>
    public required TimeSpan Delay { get; init; }

    public override string Kind => SlowOpenFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => [new SlowOpenToxic { Stream = ToxicStream.Upstream, Delay = Delay }];

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["delay"] = Units.Text(Delay) };
}

internal sealed class SlowOpenFaultKind : NetworkFaultKind
{
    public const string Word = "slow-open";

    public override string Name => Word;

    public override string Summary => "new connections take longer to come about: delay";

    protected override bool HasDirection => false;

    protected override NetworkFault ReadOwn(FaultFields fields) => new SlowOpenFault { Delay = fields.Duration("delay") };
}
