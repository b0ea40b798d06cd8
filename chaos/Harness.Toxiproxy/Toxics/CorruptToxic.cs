using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Flips single bits.</summary>
public sealed record CorruptToxic : Toxic
{
    private const string RateName = "rate";

    internal static readonly ToxicType Wire = new(
        "corrupt",
        [AttributeSpec.Number(RateName)],
        (link, toxic, draw) => new CorruptStage { Link = link, Toxic = toxic, Draw = draw },
        a => new CorruptToxic { ByteRatio = a.Number(RateName) });

    /// <summary>The share of bytes in which one bit is flipped: a ratio in [0, 1].</summary>
    public double ByteRatio { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(RateName, ByteRatio)];

    private sealed class CorruptStage : ToxicStage
    {
        private double _ratio;
        private long _untilNext;
        private Random? _random;

        public override void Start()
        {
            _ratio = Math.Clamp(Toxic.Attributes.Number(RateName), 0, 1);
            _random ??= Chance.Of(Link, Toxic);
            _untilNext = DrawGap();
        }

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom)
            {
                if (Corrupt(Input.Head.Writable))
                    Touch(Input.Head.Length);
                PassHead();
            }
            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        private bool Corrupt(Span<byte> bytes)
        {
            bool changed = _untilNext < bytes.Length;
            while (_untilNext < bytes.Length)
            {
                bytes[(int)_untilNext] ^= (byte)(1 << _random!.Next(8));
                _untilNext += 1 + DrawGap();
            }
            _untilNext -= bytes.Length;
            return changed;
        }

        // The number of bytes between two that are hit is geometric; drawing it is cheaper than asking for each byte.
        private long DrawGap() => _ratio switch
        {
            0 => long.MaxValue / 2,
            1 => 0,
            _ => (long)Math.Min(long.MaxValue / 2, Math.Floor(Math.Log(1 - _random!.NextDouble()) / Math.Log(1 - _ratio))),
        };
    }
}
