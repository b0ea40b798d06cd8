using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Bus;

/// <summary>Services take a share of their messages and forget them; the bus, which never heard that they were done, delivers them again.</summary>
public sealed record BusDropFault : ServiceFault
{
    /// <summary>In (0, 1].</summary>
    public required double Ratio { get; init; }

    public override string Kind => BusDropFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["ratio"] = Ratio.ToString(CultureInfo.InvariantCulture) };

    internal override JsonObject Body => new() { ["kind"] = Kind, ["ratio"] = Ratio };
}

internal sealed class BusDropFaultKind : IFaultKind
{
    public const string Word = "bus-drop";

    public string Name => Word;

    public string Summary => "services forget a share of their messages until the bus delivers them again: services, ratio";

    public Fault Read(FaultFields fields) => new BusDropFault { Parts = fields.Services(), Ratio = fields.Ratio("ratio") };
}
