using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Bus;

/// <summary>
/// Services get messages that nobody can read, and in turn such as they will never handle: each must end as a dead letter and hold nobody
/// up. What the fault put on the bus is taken back when it is healed.
/// </summary>
public sealed record BusPoisonFault : ServiceFault
{
    /// <summary>How often each service gets one.</summary>
    public required TimeSpan Every { get; init; }

    public override string Kind => BusPoisonFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string> { ["every"] = Units.Text(Every) };

    internal override JsonObject Body => new() { ["kind"] = Kind, ["every"] = ServiceFields.Text(Every) };
}

internal sealed class BusPoisonFaultKind : IFaultKind
{
    public const string Word = "bus-poison";

    public string Name => Word;

    public string Summary => "services get messages that cannot be read or handled: services, every";

    public Fault Read(FaultFields fields)
    {
        var fault = new BusPoisonFault { Parts = fields.Services(), Every = fields.Duration("every") };
        if (fault.Every > TimeSpan.Zero && fault.Every < TimeSpan.FromMilliseconds(20))
            fields.Own.Report("every", $"{Units.Text(fault.Every)} is too often; at least 20ms");
        fields.AtMostTenMinutes("every", fault.Every);
        return fault;
    }
}
