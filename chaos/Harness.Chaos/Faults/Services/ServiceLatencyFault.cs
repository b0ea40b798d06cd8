using System.Text.Json.Nodes;
using Harness.Chaos.Experiments;

namespace Harness.Chaos.Faults.Services;

/// <summary>Calls take longer inside services: what goes out waits within its edge's timeout, retries and breaker.</summary>
public sealed record ServiceLatencyFault : CallFault
{
    /// <summary>How much longer.</summary>
    public required TimeSpan Delay { get; init; }

    public override string Kind => ServiceLatencyFaultKind.Word;

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string> { ["delay"] = Units.Text(Delay) };

    private protected override JsonObject OwnBody => new() { ["delay"] = ServiceFields.Text(Delay) };
}

internal sealed class ServiceLatencyFaultKind : CallFaultKind
{
    public const string Word = "service-latency";

    public override string Name => Word;

    public override string Summary => "calls take longer inside services: services, delay, side (incoming, outgoing), to, path, ratio";

    protected override CallFault ReadOwn(FaultFields fields)
    {
        var fault = new ServiceLatencyFault { Delay = fields.Duration("delay") };
        fields.AtMostTenMinutes("delay", fault.Delay);
        return fault;
    }
}
