using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Packets are lost, as TCP shows it: nothing is missing, but what was lost comes a retransmission later and holds back what follows.</summary>
public sealed record LossFault : NetworkFault
{
    /// <summary>The share of chunks that are lost, each attempt anew: in (0, 1).</summary>
    public required double Ratio { get; init; }

    /// <summary>The wait after the first loss; each further loss of the same chunk doubles it.</summary>
    /// <value>Default 200 ms, the least that Linux waits.</value>
    public TimeSpan Retransmission { get; init; } = TimeSpan.FromMilliseconds(200);

    public override string Kind => LossFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(new PacketLossToxic { LossRatio = Ratio, Retransmission = Retransmission });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string>
    {
        ["ratio"] = FormattableString.Invariant($"{Ratio}"),
        ["retransmission"] = Units.Text(Retransmission),
    };
}

internal sealed class LossFaultKind : NetworkFaultKind
{
    public const string Word = "loss";

    public override string Name => Word;

    public override string Summary => "packets are lost and sent again, as TCP shows it: ratio, retransmission";

    protected override NetworkFault ReadOwn(FaultFields fields)
    {
        double ratio = fields.Ratio("ratio");
        if (ratio == 1)
            fields.Own.Report("ratio", "of 1 lets nothing through for ever; that is a partition");
        return new LossFault { Ratio = ratio, Retransmission = fields.Duration("retransmission", TimeSpan.FromMilliseconds(200)) };
    }
}
