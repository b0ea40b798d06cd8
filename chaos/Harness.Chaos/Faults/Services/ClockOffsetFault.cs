using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Services;

/// <summary>The wall clock of services is ahead of everybody else's, or behind: deadlines of sagas come early or late, and so does the end of what they cache.</summary>
public sealed record ClockOffsetFault : ServiceFault
{
    /// <summary>How far off it is; above zero.</summary>
    public required TimeSpan By { get; init; }

    /// <summary>Whether it is behind rather than ahead.</summary>
    public bool Behind { get; init; }

    public override string Kind => ClockOffsetFaultKind.Word;

    public override IReadOnlyDictionary<string, string> Parameters => new Dictionary<string, string>
    {
        ["by"] = Units.Text(By), ["direction"] = Behind ? "behind" : "ahead",
    };

    internal override JsonObject Body => new() { ["kind"] = Kind, ["by"] = ServiceFields.Text(Behind ? -By : By) };
}

internal sealed class ClockOffsetFaultKind : IFaultKind
{
    public const string Word = "clock-offset";

    public string Name => Word;

    public string Summary => "the wall clock of services is off: services, by, direction (ahead, behind)";

    public Fault Read(FaultFields fields) => new ClockOffsetFault
    {
        Parts = fields.Services(), By = fields.Duration("by"), Behind = fields.Own.Choice("direction", "ahead", "behind") == "behind",
    };
}
