using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Topology;

/// <summary>Services end and start again on another port, as when a scheduler puts them on another machine; callers go on to the old address until they notice.</summary>
public sealed record MoveFault : TopologyFault
{
    /// <summary>How long after the new one is ready callers still go to the old address: the time to live of what a resolver told them.</summary>
    /// <value>Default a second.</value>
    public TimeSpan Noticed { get; init; } = TimeSpan.FromSeconds(1);

    public override string Kind => MoveFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["noticed"] = Units.Text(Noticed) };

    protected override async Task ChangeAsync(IMovablePart service, TimeProvider time, CancellationToken token)
    {
        await service.MoveAsync(token);
        await Task.Delay(Noticed, time, token);
        await service.AnnounceAsync(token);
    }

    protected override Task UndoAsync(IMovablePart service, CancellationToken token) => service.ReturnAsync(token);

    protected override IReadOnlyDictionary<string, double> Evidence(int changed, TopologyCounts seen) => new Dictionary<string, double>
    {
        ["services moved"] = changed, ["connections that found nobody"] = seen.Missed,
    };
}

internal sealed class MoveFaultKind : IFaultKind
{
    public const string Word = "move";

    public string Name => Word;

    public string Summary => "services end and start on another port, and callers notice later: services, noticed";

    public Fault Read(FaultFields fields) => new MoveFault { Parts = fields.Services(), Noticed = fields.Duration("noticed", TimeSpan.FromSeconds(1)) };
}
