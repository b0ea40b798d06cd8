using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>So many bytes a second pass and no more.</summary>
public sealed record BandwidthFault : NetworkFault
{
    /// <summary>Bytes a second; whole thousands.</summary>
    public required long BytesPerSecond { get; init; }

    /// <summary>Whether all connections of the edge share it, as they share a cable; otherwise each has as much.</summary>
    public bool Shared { get; init; } = true;

    public override string Kind => BandwidthFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(Shared
        ? new SharedBandwidthToxic { BytesPerSecond = BytesPerSecond }
        : new BandwidthToxic { BytesPerSecond = BytesPerSecond });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string>
    {
        ["rate"] = FormattableString.Invariant($"{BytesPerSecond / 1000}kB/s"),
        ["shared"] = Shared ? "yes" : "no",
    };
}

internal sealed class BandwidthFaultKind : NetworkFaultKind
{
    public const string Word = "bandwidth";

    public override string Name => Word;

    public override string Summary => "so many bytes a second pass an edge: rate, shared (yes: one cable; no: each connection)";

    protected override NetworkFault ReadOwn(FaultFields fields) => new BandwidthFault
    {
        BytesPerSecond = fields.Own.Required<long>("rate", Units.TryByteRate, Units.ByteRateForm),
        Shared = fields.Own.Choice("shared", "yes", "no") == "yes",
    };
}
