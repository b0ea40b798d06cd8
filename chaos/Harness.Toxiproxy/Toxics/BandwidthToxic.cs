using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Lets through so many bytes a second and no more, for each connection and direction on its own.</summary>
public sealed record BandwidthToxic : Toxic
{
    private const string RateName = "rate";

    internal static readonly ToxicType Wire = new(
        "bandwidth",
        [AttributeSpec.Integer(RateName)],
        (link, toxic, draw) => new BandwidthStage { Link = link, Toxic = toxic, Draw = draw },
        a => new BandwidthToxic { BytesPerSecond = a.Integer(RateName) * 1000 });

    /// <summary>Whole thousands; zero blocks everything.</summary>
    public long BytesPerSecond { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(RateName, BytesPerSecond / 1000)];

    private sealed class BandwidthStage : ToxicStage
    {
        private readonly Pace _pace = new();
        private long _bytesPerMillisecond;
        private bool _inHand;

        // The next chunk is here when one leaves, even where a timer is a millisecond late at 200 MB/s.
        public override int Capacity => 8;

        public override void Start() => _bytesPerMillisecond = Toxic.Attributes.Integer(RateName);

        public override void Interrupt()
        {
            if (Input.Count > 0)
                PassHead();
            EndPiece();
        }

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom && IsPieceDue(out int piece))
            {
                if (piece == Input.Head.Length)
                    PassHead();
                else
                    Next.Push(Input.Head.TakeFirst(piece));
                EndPiece();
            }
            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        private bool IsPieceDue(out int piece)
        {
            piece = 0;
            if (!_inHand)
                Touch(Input.Head.Length);
            _inHand = true;
            if (_bytesPerMillisecond <= 0)
                return false;
            piece = Pace.PieceOf(Input.Head.Length, _bytesPerMillisecond);
            TimeSpan due = _pace.DueAt(piece, _bytesPerMillisecond, Now);
            if (Now >= due)
                return true;
            WakeAt(due);
            return false;
        }

        private void EndPiece()
        {
            _inHand = false;
            _pace.Sent(Now, more: Input.Count > 0);
        }
    }
}
