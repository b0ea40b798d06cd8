using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Bus;

/// <summary>A share of what services publish comes twice.</summary>
public sealed record BusDuplicateFault : ServiceFault
{
    /// <summary>In (0, 1].</summary>
    public required double Ratio { get; init; }

    public override string Kind => BusDuplicateFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["ratio"] = Ratio.ToString(CultureInfo.InvariantCulture) };

    internal override JsonObject Body => new() { ["kind"] = Kind, ["ratio"] = Ratio };
}

internal sealed class BusDuplicateFaultKind : IFaultKind
{
    public const string Word = "bus-duplicate";

    public string Name => Word;

    public string Summary => "a share of the messages that services publish comes twice: services, ratio";

    public Fault Read(FaultFields fields) => new BusDuplicateFault { Parts = fields.Services(), Ratio = fields.Ratio("ratio") };
}
