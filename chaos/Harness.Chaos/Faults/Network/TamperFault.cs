using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Somebody in between changes a number where he can read it, and a bit where he cannot.</summary>
public sealed record TamperFault : NetworkFault
{
    /// <summary>The text after which the first digit is changed, such as <c>"priceCents":</c>.</summary>
    public required string Text { get; init; }

    /// <summary>The share of what crosses, read by read, that is changed: in (0, 1].</summary>
    /// <value>Default 1.</value>
    public double Ratio { get; init; } = 1;

    public override string Kind => TamperFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics => InDirection(new TamperToxic { After = Text, ChunkRatio = Ratio });

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["text"] = Text, ["ratio"] = FormattableString.Invariant($"{Ratio}") };
}

internal sealed class TamperFaultKind : NetworkFaultKind
{
    public const string Word = "tamper";

    public override string Name => Word;

    public override string Summary => "somebody in between changes the first digit after a text, or a bit where the text is not to be read: text, ratio";

    protected override NetworkFault ReadOwn(FaultFields fields) => new TamperFault { Text = fields.Own.RequiredText("text"), Ratio = fields.Ratio("ratio", 1) };
}
