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

    private sealed class LatencyStage : ToxicStage
    {
        private Random? _random;
        private TimeSpan _latency;
        private long _jitter;
        private TimeSpan? _headDue;

        // Enough that a delay does not throttle: 32 MiB in flight.
        public override int Capacity => 1024;

        public override void Start()
        {
            _latency = Toxic.Attributes.Milliseconds(LatencyName);
            _jitter = (long)Toxic.Attributes.Milliseconds(JitterName).TotalMilliseconds;
        }

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom)
            {
                TimeSpan due = _headDue ??= DrawDue();
                if (Now < due)
                {
                    WakeAt(due);
                    return;
                }
                PassHeadAs(due);
            }
            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        public override void Interrupt()
        {
            if (Input.Count > 0)
                PassHeadAs(Now);
        }

        private TimeSpan DrawDue()
        {
            Touch(Input.Head.Length);
            return Input.Head.ReadAt + _latency + DrawJitter();
        }

        private TimeSpan DrawJitter() => _jitter <= 0
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds((_random ??= Chance.Of(Link, Toxic)).NextInt64(-_jitter, _jitter), 0);

        // The chunk counts as read when it was due here, so that two delays add up to their sum and no more.
        private void PassHeadAs(TimeSpan readAt)
        {
            Input.Head.ReadAt = readAt > Input.Head.ReadAt ? readAt : Input.Head.ReadAt;
            _headDue = null;
            PassHead();
        }
    }
}
