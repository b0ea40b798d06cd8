using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Connections are reset (RST) on both sides once something comes through.</summary>
public sealed record ResetFault : NetworkFault
{
    /// <summary>From the first chunk to the reset.</summary>
    /// <value>Default 0.</value>
    public TimeSpan Wait { get; init; }

    /// <summary>The share of connections that are hit: in (0, 1].</summary>
    /// <value>Default 1.</value>
    public double Ratio { get; init; } = 1;

    public override string Kind => ResetFaultKind.Word;

    // One stream: whichever way the data goes that brings it about, both sides are reset.
    public override IReadOnlyList<Toxic> Toxics => [new ResetPeerToxic { Stream = ToxicStream.Upstream, Timeout = Wait, ToxicityRatio = Ratio }];

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string>
    {
        ["wait"] = Units.Text(Wait),
        ["ratio"] = FormattableString.Invariant($"{Ratio}"),
    };
}

internal sealed class ResetFaultKind : NetworkFaultKind
{
    public const string Word = "reset";

    public override string Name => Word;

    public override string Summary => "connections are reset once something comes through: wait, ratio (of connections)";

    protected override bool HasDirection => false;

    protected override NetworkFault ReadOwn(FaultFields fields) =>
        new ResetFault { Wait = fields.Duration("wait", TimeSpan.Zero), Ratio = fields.Ratio("ratio", 1) };
}
