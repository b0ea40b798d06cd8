using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Holds the end of the stream back; data is untouched.</summary>
public sealed record SlowCloseToxic : Toxic
{
    private const string DelayName = "delay";

    internal static readonly ToxicType Wire = new(
        "slow_close",
        [AttributeSpec.Integer(DelayName)],
        (link, toxic, draw) => new SlowCloseStage { Link = link, Toxic = toxic, Draw = draw },
        a => new SlowCloseToxic { Delay = a.Milliseconds(DelayName) });

    /// <summary>From the end of the stream to the moment it is passed on; whole milliseconds on the wire.</summary>
    public TimeSpan Delay { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(DelayName, Milliseconds(Delay))];

    private sealed class SlowCloseStage : ToxicStage
    {
        private TimeSpan? _due;

        // New values start the wait again.
        public override void Start() => _due = null;

        protected override void Act()
        {
            while (Input.Count > 0 && Next!.HasRoom)
                PassHead();
            if (Input.Count > 0 || !InputEnded)
                return;
            TouchConnection();
            TimeSpan due = _due ??= Now + Toxic.Attributes.Milliseconds(DelayName);
            if (Now >= due)
                Next!.End();
            else
                WakeAt(due);
        }
    }
}
