using System.Globalization;
using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults.Services;

namespace Harness.Chaos.Faults.Bus;

/// <summary>A share of what services publish reaches the bus later; until then it waits in the outbox, and what is written meanwhile behind it.</summary>
public sealed record BusDelayFault : ServiceFault
{
    /// <summary>How much later.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>How far that strays either way, evenly.</summary>
    /// <value>Default 0; at most <see cref="Time"/>.</value>
    public TimeSpan Jitter { get; init; }

    /// <summary>In (0, 1].</summary>
    /// <value>Default 1.</value>
    public double Ratio { get; init; } = 1;

    public override string Kind => BusDelayFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>
    {
        ["time"] = Units.Text(Time), ["jitter"] = Units.Text(Jitter), ["ratio"] = Ratio.ToString(CultureInfo.InvariantCulture),
    };

    internal override JsonObject Body => new()
    {
        ["kind"] = Kind, ["time"] = ServiceFields.Text(Time), ["jitter"] = ServiceFields.Text(Jitter), ["ratio"] = Ratio,
    };
}

internal sealed class BusDelayFaultKind : IFaultKind
{
    public const string Word = "bus-delay";

    public string Name => Word;

    public string Summary => "messages that services publish come later: services, time, jitter, ratio";

    public Fault Read(FaultFields fields)
    {
        var fault = new BusDelayFault
        {
            Parts = fields.Services(), Time = fields.Duration("time"), Jitter = fields.Duration("jitter", TimeSpan.Zero), Ratio = fields.Ratio("ratio", 1),
        };
        if (fault.Jitter > fault.Time && fault.Time > TimeSpan.Zero)
            fields.Own.Report("jitter", $"{Units.Text(fault.Jitter)} is more than the time of {Units.Text(fault.Time)}");
        fields.AtMostTenMinutes("time", fault.Time);
        return fault;
    }
}
