using System.Text;
using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Changes a number on the wire where it can read it, and a bit where it cannot: somebody in between who wants to be believed.</summary>
public sealed record TamperToxic : Toxic
{
    private const string AfterName = "after", RateName = "rate";

    internal static readonly ToxicType Wire = new(
        "tamper",
        [AttributeSpec.Text(AfterName), AttributeSpec.Number(RateName)],
        (link, toxic, draw) => new TamperStage { Link = link, Toxic = toxic, Draw = draw },
        a => new TamperToxic { After = a.Text(AfterName), ChunkRatio = a.Number(RateName) });

    /// <summary>The text, in UTF-8, after which the first digit is changed into its neighbour; it must stand in one chunk with its digit.</summary>
    public string After { get; init; } = "";

    /// <summary>The share of chunks that are changed: a ratio in [0, 1].</summary>
    public double ChunkRatio { get; init; } = 1;

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(AfterName, After), (RateName, ChunkRatio)];

    private sealed class TamperStage : ToxicStage
    {
        private byte[] _after = [];
        private double _ratio;
        private Random? _random;

        public override void Start()
        {
            _after = Encoding.UTF8.GetBytes(Toxic.Attributes.Text(AfterName));
            _ratio = Math.Clamp(Toxic.Attributes.Number(RateName), 0, 1);
            _random ??= Chance.Of(Link, Toxic);
        }

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom)
            {
                if (_random!.NextDouble() < _ratio)
                {
                    Change(Input.Head.Writable);
                    Touch(Input.Head.Length);
                }

                PassHead();
            }

            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        private void Change(Span<byte> bytes)
        {
            int found = _after.Length == 0 ? -1 : bytes.IndexOf(_after);
            Span<byte> behind = found < 0 ? [] : bytes[(found + _after.Length)..];
            // 0 and 1, 2 and 3 … 8 and 9 differ in the lowest bit alone, so a digit stays a digit.
            if (behind.IndexOfAnyInRange((byte)'0', (byte)'9') is >= 0 and var digit)
                behind[digit] ^= 1;
            else if (bytes.Length > 0)
                bytes[bytes.Length * 2 / 3] ^= 1;
        }
    }
}
