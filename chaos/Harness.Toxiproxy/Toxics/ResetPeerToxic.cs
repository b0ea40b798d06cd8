using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Resets both sides (RST) once something comes through.</summary>
public sealed record ResetPeerToxic : Toxic
{
    private const string TimeoutName = "timeout";

    internal static readonly ToxicType Wire = new(
        "reset_peer",
        [AttributeSpec.Integer(TimeoutName)],
        (link, toxic, draw) => new ResetPeerStage { Link = link, Toxic = toxic, Draw = draw },
        a => new ResetPeerToxic { Timeout = a.Milliseconds(TimeoutName) });

    /// <summary>From the first chunk, or the end of the stream, to the reset; whole milliseconds on the wire.</summary>
    public TimeSpan Timeout { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(TimeoutName, Milliseconds(Timeout))];

    private sealed class ResetPeerStage : ToxicStage
    {
        private TimeSpan? _due;

        public override void Start() => _due = null;

        protected override void Act()
        {
            if (Input.Count == 0 && !InputEnded)
                return;
            _due ??= Trigger();
            if (Now >= _due)
                Link.Connection.Reset();
            else
                WakeAt(_due.Value);
        }

        private TimeSpan Trigger()
        {
            if (Input.Count > 0)
                Touch(Input.Head.Length);
            else
                TouchConnection();
            return Now + Toxic.Attributes.Milliseconds(TimeoutName);
        }
    }
}
