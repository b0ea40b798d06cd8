using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Connections end in the middle of a message: closed after so many bytes.</summary>
public sealed record CutOffFault : NetworkFault
{
    /// <summary>What passes in each direction that is hit, counted from when the fault met the connection; not negative.</summary>
    public required long AfterBytes { get; init; }

    public override string Kind => CutOffFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(new LimitDataToxic { Bytes = AfterBytes });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["bytes"] = FormattableString.Invariant($"{AfterBytes}B") };
}

internal sealed class CutOffFaultKind : NetworkFaultKind
{
    public const string Word = "cut-off";

    public override string Name => Word;

    public override string Summary => "connections end in the middle of a message: bytes (that pass before)";

    protected override NetworkFault ReadOwn(FaultFields fields) =>
        new CutOffFault { AfterBytes = fields.Own.Required<long>("bytes", Units.TryBytes, Units.BytesForm) };
}
