using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy;

/// <summary>Drops everything in its direction, and closes the connection after a while.</summary>
public sealed record TimeoutToxic : Toxic
{
    private const string TimeoutName = "timeout";

    internal static readonly ToxicType Wire = new(
        "timeout",
        [AttributeSpec.Integer(TimeoutName)],
        (link, toxic, draw) => new TimeoutStage { Link = link, Toxic = toxic, Draw = draw },
        a => new TimeoutToxic { Timeout = a.Milliseconds(TimeoutName) });

    /// <summary>How long after the toxic met the connection, or after the last thing it dropped, the connection is closed.
    /// Zero: never; a black hole until the toxic is removed.</summary>
    public TimeSpan Timeout { get; init; }

    internal override ToxicType WireType => Wire;

    internal override IEnumerable<(string, object)> WireAttributes() => [(TimeoutName, Milliseconds(Timeout))];

    private sealed class TimeoutStage : ToxicStage
    {
        private TimeSpan? _due;

        public override void Start()
        {
            TimeSpan timeout = Toxic.Attributes.Milliseconds(TimeoutName);
            _due = timeout > TimeSpan.Zero ? Now + timeout : null;
        }

        protected override void Act()
        {
            Drop();
            if (InputEnded)
                Next!.End();
            else if (_due is { } due && Now >= due)
                Close();
            else if (_due is { } later)
                WakeAt(later);
        }

        // What was dropped is missing from the stream for good: going on would hand the peers garbage.
        public override void Leave() => Close();

        private void Drop()
        {
            while (Input.Count > 0)
            {
                Touch(Input.Head.Length);
                Take().Return();
                Start();
            }
        }

        private void Close()
        {
            TouchConnection();
            Cut();
        }
    }
}
