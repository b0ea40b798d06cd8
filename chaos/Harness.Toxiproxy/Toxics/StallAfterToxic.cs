using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Stops the stream without closing it, as a peer that hangs does, after a time or after so many bytes in its direction, whichever comes first.</summary>
public sealed record StallAfterToxic : Toxic
{
    private const string TimeName = "time", BytesName = "bytes";

    internal static readonly ToxicType Wire = new(
        "stall_after",
        [AttributeSpec.Integer(TimeName), AttributeSpec.Integer(BytesName)],
        (link, toxic, draw) => new StallAfterStage { Link = link, Toxic = toxic, Draw = draw },
        a => new StallAfterToxic { After = a.Milliseconds(TimeName), AfterBytes = a.Integer(BytesName) });

    /// <summary>Since the toxic met the connection; whole milliseconds on the wire. Zero: no limit of time.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Zero: no limit of bytes.</summary>
    public long AfterBytes { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(TimeName, Milliseconds(After)), (BytesName, AfterBytes)];

    private sealed class StallAfterStage : ThresholdStage
    {
        protected override TimeSpan After => Toxic.Attributes.Milliseconds(TimeName);

        protected override long AfterBytes => Toxic.Attributes.Integer(BytesName);

        protected override void Reached()
        {
            // Nothing passes from now on: what comes is held, and so is the sender.
        }
    }
}
