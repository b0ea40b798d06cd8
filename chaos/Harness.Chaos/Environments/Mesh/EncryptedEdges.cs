using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Network;

namespace Harness.Chaos.Environments.Mesh;

/// <summary>What cannot be done to an edge whose bytes nobody but its two ends can read.</summary>
internal static class EncryptedEdges
{
    /// <summary>A sentence for each fault of <paramref name="experiment"/> that would have to read what sidecars encrypt; empty without a mesh.</summary>
    public static IEnumerable<string> Problems(Experiment experiment) =>
        from fault in experiment.Faults.OfType<HttpFault>()
        from edge in fault.Edges
        where experiment.Target.GetValueOrDefault("resilience") == "mesh" && OrderSystemRun.IsBetweenServices(edge)
        select $"'{fault.Name}' would have to read requests on '{edge}', which sidecars encrypt; take resilience: on, or a fault that reads nothing, such as latency or reset";
}
