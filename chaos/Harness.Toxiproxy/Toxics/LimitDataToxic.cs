using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Closes the connection after so many bytes in its direction.</summary>
public sealed record LimitDataToxic : Toxic
{
    private const string BytesName = "bytes";

    internal static readonly ToxicType Wire = new(
        "limit_data",
        [AttributeSpec.Integer(BytesName)],
        (link, toxic, draw) => new LimitDataStage { Link = link, Toxic = toxic, Draw = draw },
        a => new LimitDataToxic { Bytes = a.Integer(BytesName) });

    /// <summary>Counted from when the toxic met the connection. Zero: closed at the first byte, and none passes.</summary>
    public long Bytes { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(BytesName, Bytes)];

    private sealed class LimitDataStage : ToxicStage
    {
        // Survives updates: a new limit counts what has already passed.
        private long _passed;

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom)
            {
                long left = Math.Max(0, Toxic.Attributes.Integer(BytesName) - _passed);
                if (Input.Head.Length >= left)
                {
                    CutAfter((int)left);
                    return;
                }
                _passed += Input.Head.Length;
                PassHead();
            }
            if (Input.Count == 0 && InputEnded)
                Next!.End();
        }

        private void CutAfter(int left)
        {
            Touch(Input.Head.Length);
            if (left > 0)
                Next!.Push(Input.Head.TakeFirst(left));
            _passed += left;
            Cut();
        }
    }
}
