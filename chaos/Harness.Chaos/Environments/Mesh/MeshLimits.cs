using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Network;
using Harness.Chaos.Faults.Topology;

namespace Harness.Chaos.Environments.Mesh;

/// <summary>What cannot be done where sidecars stand between the services.</summary>
internal static class MeshLimits
{
    /// <summary>A sentence for each fault of <paramref name="experiment"/> that a mesh leaves no way for; empty without a mesh.</summary>
    public static IEnumerable<string> Problems(Experiment experiment) => Problems(experiment.Target, experiment.Faults);

    /// <summary>The same for faults on a system with these switches.</summary>
    public static IEnumerable<string> Problems(IReadOnlyDictionary<string, string> switches, IReadOnlyList<Fault> faults) =>
        switches.GetValueOrDefault("resilience") == "mesh" ? [.. Unreadable(faults), .. Fixed(faults)] : [];

    /// <summary>Nobody but the two ends can read an edge between sidecars.</summary>
    private static IEnumerable<string> Unreadable(IReadOnlyList<Fault> faults) =>
        from fault in faults.OfType<HttpFault>()
        from edge in fault.Edges
        where OrderSystemRun.IsBetweenServices(edge)
        select $"'{fault.Name}' would have to read requests on '{edge}', which sidecars encrypt; take resilience: on, or a fault that reads nothing, such as latency or reset";

    /// <summary>A sidecar knows its service by a port that it is started with.</summary>
    private static IEnumerable<string> Fixed(IReadOnlyList<Fault> faults) =>
        from fault in faults.OfType<TopologyFault>()
        select $"'{fault.Name}' would take {string.Join(" and ", fault.Parts)} away from sidecars that know only one address; take resilience: on";
}
