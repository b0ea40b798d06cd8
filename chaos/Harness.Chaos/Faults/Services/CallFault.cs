using System.Globalization;
using System.Text.Json.Nodes;

namespace Harness.Chaos.Faults.Services;

/// <summary>A fault of calls inside services: of those that come in, or of those that go out, by Polly's chaos strategies in the service itself.</summary>
public abstract record CallFault : ServiceFault
{
    /// <summary>Whether calls that go out are hit, and not those that come in.</summary>
    public bool Outgoing { get; init; }

    /// <summary>Of calls that go out, who is called: a service, or <c>redis</c> for the commands of the cache. Empty: all.</summary>
    public string To { get; init; } = "";

    /// <summary>What the path begins with. Empty: every path.</summary>
    public string Path { get; init; } = "";

    /// <summary>The share that is hit: in (0, 1].</summary>
    /// <value>Default 1.</value>
    public double Ratio { get; init; } = 1;

    public sealed override IReadOnlyDictionary<string, string> Parameters => Own.Concat(new (string Name, string Text, bool Said)[]
    {
        ("side", "outgoing", Outgoing),
        ("to", To, To.Length > 0),
        ("path", Path, Path.Length > 0),
        ("ratio", Ratio.ToString(CultureInfo.InvariantCulture), Ratio < 1),
    }.Where(one => one.Said).Select(one => KeyValuePair.Create(one.Name, one.Text))).ToDictionary();

    internal sealed override JsonObject Body
    {
        get
        {
            JsonObject body = OwnBody;
            body["kind"] = Kind;
            body["side"] = Outgoing ? "outgoing" : "incoming";
            body["to"] = To;
            body["path"] = Path;
            body["ratio"] = Ratio;
            return body;
        }
    }

    /// <summary>What only this kind has, for people.</summary>
    protected abstract IReadOnlyDictionary<string, string> Own { get; }

    /// <summary>What only this kind has, for the service.</summary>
    private protected abstract JsonObject OwnBody { get; }
}

/// <summary>Reads what faults of calls have in common.</summary>
internal abstract class CallFaultKind : IFaultKind
{
    /// <summary>Whom each service calls.</summary>
    private static readonly Dictionary<string, string[]> Callees = new() { ["orders"] = ["inventory", "payments"], ["payments"] = [], ["inventory"] = ["redis"] };

    public abstract string Name { get; }

    public abstract string Summary { get; }

    public Fault Read(FaultFields fields)
    {
        string path = fields.Own.Text("path") ?? "";
        if (path.Length > 0 && path[0] != '/')
            fields.Own.Report("path", $"'{path}' does not begin with '/'");
        CallFault fault = ReadOwn(fields) with
        {
            Parts = fields.Services(),
            Outgoing = fields.Own.Choice("side", "incoming", "outgoing") == "outgoing",
            To = fields.Own.Text("to") ?? "",
            Path = path,
            Ratio = fields.Ratio("ratio", 1),
        };
        CheckCallee(fields, fault);
        return fault;
    }

    /// <summary>Reads what only this kind has.</summary>
    protected abstract CallFault ReadOwn(FaultFields fields);

    private static void CheckCallee(FaultFields fields, CallFault fault)
    {
        if (fault.To.Length > 0 && !fault.Outgoing)
            fields.Own.Report("to", $"'{fault.To}' is only for calls that go out; say side: outgoing");
        foreach ((string service, string[] callees) in fault.Outgoing ? Callees.Where(one => fault.Parts.Contains(one.Key)) : [])
        {
            if (callees.Length == 0)
                fields.Own.Report("side", $"{service} calls nobody");
            else if (fault.To.Length > 0 && !callees.Contains(fault.To))
                fields.Own.Report("to", $"{service} does not call '{fault.To}'; it calls {string.Join(", ", callees)}");
        }
    }
}
