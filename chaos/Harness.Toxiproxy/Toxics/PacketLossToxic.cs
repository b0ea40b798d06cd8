using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Packet loss as TCP shows it: nothing is missing, but a lost segment comes a retransmission later, holds back what follows,
/// and each further loss of it doubles the wait.</summary>
public sealed record PacketLossToxic : Toxic
{
    private const string LossName = "loss", RetransmissionName = "retransmission";
    private const int LossesMax = 10;

    internal static readonly ToxicType Wire = new(
        "packet_loss",
        [AttributeSpec.Number(LossName), AttributeSpec.Integer(RetransmissionName)],
        (link, toxic, draw) => new PacketLossStage { Link = link, Toxic = toxic, Draw = draw },
        a => new PacketLossToxic { LossRatio = a.Number(LossName), Retransmission = a.Milliseconds(RetransmissionName) });

    /// <summary>The share of chunks that are lost, each attempt anew: a ratio in [0, 1).</summary>
    public double LossRatio { get; init; }

    /// <summary>The wait after the first loss; whole milliseconds on the wire. Linux waits 200 ms at least.</summary>
    public TimeSpan Retransmission { get; init; } = TimeSpan.FromMilliseconds(200);

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() =>
        [(LossName, LossRatio), (RetransmissionName, Milliseconds(Retransmission))];

    private sealed class PacketLossStage : DelayingStage
    {
        private Random? _random;

        // The waits w, 2w, 4w … after k losses add up to (2^k − 1)·w; RFC 6298 doubles so.
        protected override TimeSpan DrawDelay()
        {
            int losses = 0;
            Random random = _random ??= Chance.Of(Link, Toxic);
            while (losses < LossesMax && random.NextDouble() < Toxic.Attributes.Number(LossName))
                losses++;
            return Toxic.Attributes.Milliseconds(RetransmissionName) * ((1 << losses) - 1);
        }
    }
}
