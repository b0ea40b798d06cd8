using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Bus;

/// <summary>What services publish within a window comes last first.</summary>
public sealed record BusReorderFault : ServiceFault
{
    /// <summary>How long messages are gathered.</summary>
    public required TimeSpan Window { get; init; }

    public override string Kind => BusReorderFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["window"] = Units.Text(Window) };

    internal override JsonObject Body => new() { ["kind"] = Kind, ["window"] = ServiceFields.Text(Window) };
}

internal sealed class BusReorderFaultKind : IFaultKind
{
    public const string Word = "bus-reorder";

    public string Name => Word;

    public string Summary => "messages that services publish within a window come last first: services, window";

    public Fault Read(FaultFields fields)
    {
        var fault = new BusReorderFault { Parts = fields.Services(), Window = fields.Duration("window") };
        fields.AtMostTenMinutes("window", fault.Window);
        return fault;
    }
}
