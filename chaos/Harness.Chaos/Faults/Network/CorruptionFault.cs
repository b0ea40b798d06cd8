using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Single bits arrive flipped.</summary>
public sealed record CorruptionFault : NetworkFault
{
    /// <summary>The share of bytes in which one bit is flipped: in (0, 1].</summary>
    public required double Ratio { get; init; }

    public override string Kind => CorruptionFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(new CorruptToxic { ByteRatio = Ratio });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["ratio"] = FormattableString.Invariant($"{Ratio}") };
}

internal sealed class CorruptionFaultKind : NetworkFaultKind
{
    public const string Word = "corruption";

    public override string Name => Word;

    public override string Summary => "single bits on an edge are flipped: ratio (of bytes)";

    protected override NetworkFault ReadOwn(FaultFields fields) => new CorruptionFault { Ratio = fields.Ratio("ratio") };
}
