using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Cuts what passes into small pieces, with a pause after each.</summary>
public sealed record SlicerToxic : Toxic
{
    private const string AverageName = "average_size", VariationName = "size_variation", DelayName = "delay";

    internal static readonly ToxicType Wire = new(
        "slicer",
        [AttributeSpec.Integer(AverageName), AttributeSpec.Integer(VariationName), AttributeSpec.Integer(DelayName)],
        (link, toxic, draw) => new SlicerStage { Link = link, Toxic = toxic, Draw = draw },
        a => new SlicerToxic { AverageBytes = a.Integer(AverageName), VariationBytes = a.Integer(VariationName), Delay = a.Microseconds(DelayName) });

    /// <summary>Size of a piece. Zero cuts nothing.</summary>
    public long AverageBytes { get; init; }

    /// <summary>How far a cut may be from the middle of what is cut.</summary>
    public long VariationBytes { get; init; }

    /// <summary>After each piece; whole microseconds on the wire.</summary>
    public TimeSpan Delay { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() =>
        [(AverageName, AverageBytes), (VariationName, VariationBytes), (DelayName, (long)Delay.TotalMicroseconds)];

    private sealed class SlicerStage : ToxicStage
    {
        // The pieces of the chunk in hand, the next one last; empty when none is in hand.
        private readonly Stack<int> _pieces = new();
        private SlicePlan _plan = new(0, 0);
        private TimeSpan _delay;
        private TimeSpan _due = TimeSpan.MinValue;
        private Random? _random;

        public override void Start()
        {
            _plan = new SlicePlan(Toxic.Attributes.Integer(AverageName), Toxic.Attributes.Integer(VariationName));
            _delay = Toxic.Attributes.Microseconds(DelayName);
            _due = TimeSpan.MinValue;
        }

        public override void Interrupt()
        {
            if (_pieces.Count > 0)
                PassHead();
            _pieces.Clear();
        }

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom && IsDue())
                PassPiece();
            if (Input.Count == 0 && InputEnded && IsDue())
                Next!.End();
        }

        private bool IsDue()
        {
            if (Now >= _due)
                return true;
            WakeAt(_due);
            return false;
        }

        private void PassPiece()
        {
            if (_pieces.Count == 0)
                TakeInHand();
            int piece = _pieces.Pop();
            if (piece == Input.Head.Length)
                PassHead();
            else
                Next!.Push(Input.Head.TakeFirst(piece));
            if (_delay > TimeSpan.Zero)
                _due = Now + _delay;
        }

        private void TakeInHand()
        {
            _plan.Cut(Input.Head.Length, _random ??= Chance.Of(Link, Toxic), _pieces);
            if (_pieces.Count > 1 || _delay > TimeSpan.Zero)
                Touch(Input.Head.Length);
        }
    }
}
