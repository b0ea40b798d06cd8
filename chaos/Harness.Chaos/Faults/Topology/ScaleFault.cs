using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Topology;

/// <summary>Services scale out and, when it is healed, in again: instances come beside the first one on the same data, get their share of the connections, and go.</summary>
public sealed record ScaleFault : TopologyFault
{
    public const int InstancesMax = 4;

    /// <summary>How many there are then: 2 to <see cref="InstancesMax"/>.</summary>
    public required int Instances { get; init; }

    public override string Kind => ScaleFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["instances"] = Instances.ToString(CultureInfo.InvariantCulture) };

    protected override async Task ChangeAsync(IMovablePart service, TimeProvider time, CancellationToken token)
    {
        for (int beside = 1; beside < Instances; beside++)
            await service.AddAsync(token);
        await service.AnnounceAsync(token);
    }

    protected override Task UndoAsync(IMovablePart service, CancellationToken token) => service.LeaveAsync(token);

    protected override IReadOnlyDictionary<string, double> Evidence(int changed, TopologyCounts seen) => new Dictionary<string, double>
    {
        ["instances added"] = changed * (Instances - 1), ["connections to them"] = seen.Dealt, ["connections cut"] = seen.Cut,
    };
}

internal sealed class ScaleFaultKind : IFaultKind
{
    public const string Word = "scale";

    public string Name => Word;

    public string Summary => "services scale out, and in again when it is healed: services, instances (2 to 4)";

    public Fault Read(FaultFields fields)
    {
        int instances = fields.Own.Optional<int>("instances", TryInstances, $"2 to {ScaleFault.InstancesMax}") ?? 2;
        return new ScaleFault { Parts = fields.Services(), Instances = instances };
    }

    private static bool TryInstances(string text, out int instances) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out instances) && instances is >= 2 and <= ScaleFault.InstancesMax;
}
