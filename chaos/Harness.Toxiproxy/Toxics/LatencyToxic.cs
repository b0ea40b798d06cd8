using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Delays what passes, in one direction, without cutting its throughput.</summary>
public sealed record LatencyToxic : Toxic
{
    private const string LatencyName = "latency", JitterName = "jitter";

    internal static readonly ToxicType Wire = new(
        "latency",
        [AttributeSpec.Integer(LatencyName), AttributeSpec.Integer(JitterName)],
        (link, toxic, draw) => new LatencyStage { Link = link, Toxic = toxic, Draw = draw },
        a => new LatencyToxic { Latency = a.Milliseconds(LatencyName), Jitter = a.Milliseconds(JitterName) });

    /// <summary>From the moment a chunk is read to the moment it leaves; whole milliseconds on the wire.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Each chunk's delay differs from <see cref="Latency"/> by a uniform draw up to this, both ways.</summary>
    public TimeSpan Jitter { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() =>
        [(LatencyName, Milliseconds(Latency)), (JitterName, Milliseconds(Jitter))];

    private sealed class LatencyStage : DelayingStage
    {
        private Random? _random;
        private TimeSpan _latency;
        private long _jitter;

        public override void Start()
        {
            _latency = Toxic.Attributes.Milliseconds(LatencyName);
            _jitter = (long)Toxic.Attributes.Milliseconds(JitterName).TotalMilliseconds;
        }

        protected override TimeSpan DrawDelay() => _jitter <= 0
            ? _latency
            : _latency + TimeSpan.FromMilliseconds((_random ??= Chance.Of(Link, Toxic)).NextInt64(-_jitter, _jitter), 0);
    }
}
