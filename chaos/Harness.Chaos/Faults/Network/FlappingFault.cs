using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>An edge that comes and goes: cut for a while, whole for a while, again and again.</summary>
public sealed record FlappingFault : NetworkFault
{
    /// <summary>How long each cut lasts.</summary>
    public required TimeSpan Down { get; init; }

    /// <summary>How long it is whole between two cuts.</summary>
    public required TimeSpan Up { get; init; }

    public override string Kind => FlappingFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(new TimeoutToxic { Timeout = TimeSpan.Zero });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["down"] = Units.Text(Down), ["up"] = Units.Text(Up) };

    public override IInjection Prepare(IRunningEnvironment environment, TimeProvider time) =>
        new FlappingInjection(this, () => new ToxicInjection(this, environment, time), time);
}

internal sealed class FlappingFaultKind : NetworkFaultKind
{
    public const string Word = "flapping";

    public override string Name => Word;

    public override string Summary => "an edge is cut and whole in turns: down, up";

    protected override NetworkFault ReadOwn(FaultFields fields) => new FlappingFault { Down = fields.Duration("down"), Up = fields.Duration("up") };
}
