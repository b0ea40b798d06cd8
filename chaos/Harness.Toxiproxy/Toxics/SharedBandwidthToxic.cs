using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Lets through so many bytes a second for all connections of the proxy together.</summary>
public sealed record SharedBandwidthToxic : Toxic
{
    private const string RateName = "rate";

    internal static readonly ToxicType Wire = new(
        "shared_bandwidth",
        [AttributeSpec.Integer(RateName)],
        (link, toxic, draw) => new SharedBandwidthStage { Link = link, Toxic = toxic, Draw = draw },
        a => new SharedBandwidthToxic { BytesPerSecond = a.Integer(RateName) * 1000 });

    /// <summary>Whole thousands; zero blocks everything.</summary>
    public long BytesPerSecond { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(RateName, BytesPerSecond / 1000)];

    private sealed class SharedBandwidthStage : ToxicStage
    {
        private TimeSpan? _due;
        private int _piece;

        public override void Start() => _due = null;

        public override void Interrupt()
        {
            if (Input.Count > 0 && _due is not null)
                PassHead();
            _due = null;
        }

        protected override void Act()
        {
            long rate = Toxic.Attributes.Integer(RateName);
            while (rate > 0 && Input.Count > 0 && Next!.HasRoom)
            {
                TimeSpan due = _due ??= Reserve(rate);
                if (Now < due)
                {
                    WakeAt(due);
                    return;
                }
                PassPiece();
            }
            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        private TimeSpan Reserve(long rate)
        {
            Touch(Input.Head.Length);
            _piece = Pace.PieceOf(Input.Head.Length, rate);
            return Toxic.Turn.Take(Now, TimeSpan.FromTicks(_piece * TimeSpan.TicksPerMillisecond / rate));
        }

        private void PassPiece()
        {
            _due = null;
            if (_piece >= Input.Head.Length)
                PassHead();
            else
                Next!.Push(Input.Head.TakeFirst(_piece));
        }
    }
}
