using Harness.Toxiproxy;

namespace Harness.Chaos.Faults;

/// <summary>Nothing crosses the edge in either direction, and nobody is told: connections stay open and silent, as behind a cut cable.</summary>
public sealed record PartitionFault : NetworkFault
{
    public override string Kind => PartitionFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>();

    // A timeout of zero drops all data for ever; removing it closes the connections that lost some, as a network that comes back would.
    public override IReadOnlyList<Toxic> Toxics =>
    [
        new TimeoutToxic { Stream = ToxicStream.Upstream, Timeout = TimeSpan.Zero },
        new TimeoutToxic { Stream = ToxicStream.Downstream, Timeout = TimeSpan.Zero },
    ];
}

internal sealed class PartitionFaultKind : IFaultKind
{
    public const string Word = "partition";

    public string Name => Word;

    public string Summary => "nothing crosses an edge and nobody is told, both ways";

    public Fault Read(FaultFields fields) =>
        new PartitionFault { Name = fields.Name, Edges = fields.Edges, At = fields.At, For = fields.For };
}
