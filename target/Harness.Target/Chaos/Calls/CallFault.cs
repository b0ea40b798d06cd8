namespace Harness.Target.Chaos.Calls;

/// <summary>A fault of calls: of those that come in, or of those that go out over one edge.</summary>
public abstract record CallFault : ServiceFault
{
    /// <value>Default <see cref="CallSide.Incoming"/>.</value>
    public CallSide Side { get; init; }

    /// <summary>Of calls that go out, who is called: a service, or <c>redis</c> for the commands of the cache. Empty: all of them.</summary>
    public string To { get; init; } = "";

    /// <summary>What the path begins with. Empty: every path; what looks after the service itself is never hit.</summary>
    public string Path { get; init; } = "";

    /// <value>The share that is hit, in (0, 1]. Default 1.</value>
    public double Ratio { get; init; } = 1;

    public override IEnumerable<string> Problems(ServiceOptions options)
    {
        string[] callees = [.. Callees(options)];
        if (To.Length > 0 && Side == CallSide.Incoming)
            yield return $"to: '{To}' is only for calls that go out; say side: outgoing.";
        else if (To.Length > 0 && !callees.Contains(To))
            yield return $"to: {options.Service.Word()} does not call '{To}'; it calls {(callees.Length == 0 ? "nobody" : string.Join(", ", callees))}.";
        if (Side == CallSide.Outgoing && callees.Length == 0)
            yield return $"side: {options.Service.Word()} calls nobody.";
        if (Path.Length > 0 && Path[0] != '/')
            yield return $"path: '{Path}' does not begin with '/'.";
        foreach (var problem in RatioProblems(Ratio))
            yield return problem;
    }

    /// <summary>Whether that call is one of them.</summary>
    internal bool Fits(ChaosCall call) =>
        call.Side == Side && (To.Length == 0 || call.To == To) && call.Path.StartsWith(Path, StringComparison.Ordinal);

    private static IEnumerable<string> Callees(ServiceOptions options)
    {
        if (options.Service == ServiceName.Orders)
            yield return ServiceName.Inventory.Word();
        if (options is { Service: ServiceName.Orders, Coordination: not Coordination.Choreography })
            yield return ServiceName.Payments.Word();
        if (options.Service == ServiceName.Inventory)
            yield return "redis";
    }
}

/// <summary>Which way a call goes.</summary>
public enum CallSide
{
    Incoming,
    Outgoing,
}

/// <summary>A call as faults tell it from others.</summary>
/// <param name="To">Whom it goes to; empty for one that comes in.</param>
/// <param name="Path">Empty for what has none.</param>
internal readonly record struct ChaosCall(CallSide Side, string To, string Path);
