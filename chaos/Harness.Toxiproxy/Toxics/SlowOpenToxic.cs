using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Dials the upstream late: the first byte of a new connection takes that much longer. Open connections are not touched.</summary>
public sealed record SlowOpenToxic : Toxic
{
    private const string DelayName = "delay";

    internal static readonly ToxicType Wire = new(
        "slow_open",
        [AttributeSpec.Integer(DelayName)],
        (link, toxic, draw) => new PassingStage { Link = link, Toxic = toxic, Draw = draw },
        a => new SlowOpenToxic { Delay = a.Milliseconds(DelayName) })
    {
        Open = OpenDecision.Dial,
        OpenDelay = a => a.Milliseconds(DelayName),
    };

    /// <summary>From the accept to the dial; whole milliseconds on the wire.</summary>
    public TimeSpan Delay { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(DelayName, Milliseconds(Delay))];
}
