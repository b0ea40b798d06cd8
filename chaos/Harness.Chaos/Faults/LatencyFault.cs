using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults;

/// <summary>Every chunk of data on the edge arrives later, in both directions.</summary>
public sealed record LatencyFault : NetworkFault
{
    /// <summary>Added to each direction; a round trip takes twice as much more.</summary>
    public required TimeSpan Delay { get; init; }

    /// <summary>The delay varies evenly by up to this much either way.</summary>
    /// <value>Default 0; at most <see cref="Delay"/>.</value>
    public TimeSpan Jitter { get; init; }

    public override string Kind => LatencyFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>
    {
        ["delay"] = Units.Text(Delay),
        ["jitter"] = Units.Text(Jitter),
    };

    public override IReadOnlyList<Toxic> Toxics =>
    [
        new LatencyToxic { Stream = ToxicStream.Upstream, Latency = Delay, Jitter = Jitter },
        new LatencyToxic { Stream = ToxicStream.Downstream, Latency = Delay, Jitter = Jitter },
    ];
}

internal sealed class LatencyFaultKind : IFaultKind
{
    public const string Word = "latency";

    public string Name => Word;

    public string Summary => "every chunk on an edge is delayed, both ways: delay, jitter";

    public Fault Read(FaultFields fields)
    {
        TimeSpan delay = fields.Own.Required<TimeSpan>("delay", Units.TryDuration, Units.DurationForm);
        TimeSpan jitter = fields.Own.Optional<TimeSpan>("jitter", Units.TryDuration, Units.DurationForm) ?? TimeSpan.Zero;
        if (delay > TimeSpan.Zero && jitter > delay)
            fields.Own.Report("jitter", $"{Units.Text(jitter)} is more than the delay of {Units.Text(delay)}");
        return new LatencyFault { Name = fields.Name, Edges = fields.Edges, At = fields.At, For = fields.For, Delay = delay, Jitter = jitter };
    }
}
