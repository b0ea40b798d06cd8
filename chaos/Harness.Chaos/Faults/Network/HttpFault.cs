using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults.Network;

/// <summary>Requests that match are delayed, answered with an error in place of the service, or cut.</summary>
public sealed record HttpFault : NetworkFault
{
    /// <summary>Empty: every method.</summary>
    public string Method { get; init; } = "";

    /// <summary>What the path begins with. Empty: every path.</summary>
    public string Path { get; init; } = "";

    /// <summary>Answered in place of the service, which never sees the request: 100 to 599. Zero: the request passes.</summary>
    public int Status { get; init; }

    /// <summary>Before the request passes or is answered.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the connection is closed without an answer; the service never sees the request.</summary>
    public bool Abort { get; init; }

    /// <summary>The share of connections that are hit: in (0, 1].</summary>
    /// <value>Default 1.</value>
    public double Ratio { get; init; } = 1;

    public override string Kind => HttpFaultKind.Word;

    public override IReadOnlyList<Toxic> Toxics =>
    [
        new HttpFaultToxic
        {
            Stream = ToxicStream.Upstream, Method = Method, Path = Path, Status = Status, Delay = Delay, Abort = Abort, ToxicityRatio = Ratio,
        },
    ];

    protected override IReadOnlyDictionary<string, string> Own => new (string Name, string Text, bool Said)[]
    {
        ("method", Method, Method.Length > 0),
        ("path", Path, Path.Length > 0),
        ("status", Status.ToString(CultureInfo.InvariantCulture), Status > 0),
        ("delay", Units.Text(Delay), Delay > TimeSpan.Zero),
        ("abort", "yes", Abort),
        ("ratio", Ratio.ToString(CultureInfo.InvariantCulture), Ratio < 1),
    }.Where(own => own.Said).ToDictionary(own => own.Name, own => own.Text);
}

internal sealed class HttpFaultKind : NetworkFaultKind
{
    public const string Word = "http";

    public override string Name => Word;

    public override string Summary => "requests are delayed, answered with an error, or cut: method, path, status, delay, abort, ratio (of connections)";

    protected override bool HasDirection => false;

    protected override NetworkFault ReadOwn(FaultFields fields)
    {
        var fault = new HttpFault
        {
            Method = fields.Own.Text("method")?.ToUpperInvariant() ?? "",
            Path = fields.Own.Text("path") ?? "",
            Status = fields.Own.Optional<int>("status", TryStatus, "an HTTP status from 100 to 599") ?? 0,
            Delay = fields.Duration("delay", TimeSpan.Zero),
            Abort = fields.Own.Choice("abort", "no", "yes") == "yes",
            Ratio = fields.Ratio("ratio", 1),
        };
        if (fault is { Status: 0, Abort: false } && fault.Delay == TimeSpan.Zero && fields.Own.Text("status") is null)
            fields.Own.Report("status", "is missing, and so are delay and abort; one of them says what happens to the request");
        if (fault is { Status: > 0, Abort: true })
            fields.Own.Report("abort", "a request that is cut gets no status");
        foreach (Edge edge in fields.Edges().Where(edge => !fields.Environment.IsHttp(edge)))
            fields.Own.Report("edges", $"'{edge}' carries no HTTP; these do: {string.Join(", ", fields.Environment.Edges.Where(fields.Environment.IsHttp))}");
        return fault;
    }

    private static bool TryStatus(string text, out int status) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out status) && status is >= 100 and <= 599;
}
