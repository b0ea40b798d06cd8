using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Closes the connection after a time or after so many bytes in its direction, whichever comes first.</summary>
public sealed record CloseAfterToxic : Toxic
{
    private const string TimeName = "time", BytesName = "bytes";

    internal static readonly ToxicType Wire = new(
        "close_after",
        [AttributeSpec.Integer(TimeName), AttributeSpec.Integer(BytesName)],
        (link, toxic, draw) => new CloseAfterStage { Link = link, Toxic = toxic, Draw = draw },
        a => new CloseAfterToxic { After = a.Milliseconds(TimeName), AfterBytes = a.Integer(BytesName) });

    /// <summary>Since the toxic met the connection; whole milliseconds on the wire. Zero: no limit of time.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Zero: no limit of bytes.</summary>
    public long AfterBytes { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(TimeName, Milliseconds(After)), (BytesName, AfterBytes)];

    private sealed class CloseAfterStage : ThresholdStage
    {
        protected override TimeSpan After => Toxic.Attributes.Milliseconds(TimeName);

        protected override long AfterBytes => Toxic.Attributes.Integer(BytesName);

        protected override void Reached()
        {
            Cut();
        }
    }
}
