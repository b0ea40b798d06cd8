using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Nothing crosses the edge and nobody is told: connections stay open and silent, as behind a cut cable. One direction alone can be cut.</summary>
public sealed record PartitionFault : NetworkFault
{
    public override string Kind => PartitionFaultKind.Word;

    // A timeout of zero drops all data for ever; removing it closes the connections that lost some, as a network that comes back would.
    public override IReadOnlyList<Toxic> Toxics => InDirection(new TimeoutToxic { Timeout = TimeSpan.Zero });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string>();
}

internal sealed class PartitionFaultKind : NetworkFaultKind
{
    public const string Word = "partition";

    public override string Name => Word;

    public override string Summary => "nothing crosses an edge and nobody is told: edges, or groups such as \"[orders] | [payments, inventory]\"";

    protected override NetworkFault ReadOwn(FaultFields fields) => new PartitionFault { Edges = PartitionGroups.Edges(fields) };
}
