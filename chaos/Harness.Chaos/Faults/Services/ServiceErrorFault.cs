using System.Text.Json.Nodes;

namespace Harness.Chaos.Faults.Services;

/// <summary>Calls end in an exception inside services, before anything was done.</summary>
public sealed record ServiceErrorFault : CallFault
{
    public override string Kind => ServiceErrorFaultKind.Word;

    protected override IReadOnlyDictionary<string, string> Own => new Dictionary<string, string>();

    private protected override JsonObject OwnBody => [];
}

internal sealed class ServiceErrorFaultKind : CallFaultKind
{
    public const string Word = "service-error";

    public override string Name => Word;

    public override string Summary => "calls end in an exception inside services: services, side (incoming, outgoing), to, path, ratio";

    protected override CallFault ReadOwn(FaultFields fields) => new ServiceErrorFault();
}
