using System.Globalization;
using System.Text.Json;
using Harness.Chaos.Environments;
using Harness.Cli.Control;
using Harness.Records;
using Harness.Toxiproxy;
using Spectre.Console;

namespace Harness.Cli.Up;

/// <summary>Where everything of a running system is, for a person, a log, or a program.</summary>
internal sealed record UpView
{
    private static readonly JsonSerializerOptions OneLine = RecordJson.Line;

    /// <summary>Of this shape; it changes only with this number.</summary>
    public int FormatVersion { get; } = 1;

    /// <summary>Where services and stores come from.</summary>
    public required string Environment { get; init; }

    /// <summary>What proxies and services draw by.</summary>
    public required int Seed { get; init; }

    /// <summary>The folder with the events, and in <c>logs/</c> the output of every process.</summary>
    public required string Record { get; init; }

    /// <summary>The control API, under <c>api/v1</c>, and the page that uses it.</summary>
    public required Uri Control { get; init; }

    /// <summary>What the control API wants to hear, <c>Authorization: Bearer …</c>.</summary>
    public required string ControlToken { get; init; }

    /// <summary>The file that holds both, by which the other commands find this system; null when it could not be written, and then they need <c>--at</c>.</summary>
    public string? ControlFile { get; init; }

    /// <summary>The Toxiproxy API.</summary>
    public required Uri ProxyApi { get; init; }

    /// <summary>What that API wants to hear before a change, <c>Authorization: Bearer …</c>; null when it wants nothing.</summary>
    public string? ProxyToken { get; init; }

    /// <summary>Every service.</summary>
    public required IReadOnlyList<ServiceRow> Services { get; init; }

    /// <summary>Who calls whom.</summary>
    public required IReadOnlyList<EdgeRow> Edges { get; init; }

    public static async Task<UpView> OfAsync(IRunningEnvironment environment, UpSettings settings, string folder, ControlServer control, string? file)
    {
        IReadOnlyDictionary<string, Proxy> proxies = await environment.Proxies.GetProxiesAsync(CancellationToken.None);
        return new UpView
        {
            Environment = settings.Environment,
            Seed = settings.Seed,
            Record = folder,
            Control = control.Url,
            ControlToken = control.Token,
            ControlFile = file,
            ProxyApi = environment.ProxyApi,
            ProxyToken = environment.ProxyToken,
            Services = [.. environment.Services.Select(service => new ServiceRow(service.Name, service.ForClients, service.Direct, ProcessOf(service, environment)))],
            Edges = [.. environment.Edges.Select(edge => Row(edge, environment.ProxyOf(edge), proxies))],
        };
    }

    public string Json() => JsonSerializer.Serialize(this, OneLine);

    /// <summary>Plain aligned lines.</summary>
    public void Print(TextWriter output)
    {
        Print(output, ["service", "through its proxy", "past it", "process"], ServiceCells);
        Print(output, ["edge", "proxy", "listens on", "leads to"], EdgeCells);
        foreach (string line in Notes)
            output.WriteLine(line);
    }

    /// <summary>The same for a terminal.</summary>
    public void Draw()
    {
        Draw(["service", "through its proxy", "past it", "process"], ServiceCells);
        Draw(["edge", "proxy", "listens on", "leads to"], EdgeCells);
        foreach (string line in Notes)
            AnsiConsole.WriteLine(line);
    }

    private IEnumerable<string[]> ServiceCells => Services.Select(service => new[]
    {
        service.Name, Text(service.Url), Text(service.Direct), service.ProcessId?.ToString(CultureInfo.InvariantCulture) ?? "-",
    });

    private IEnumerable<string[]> EdgeCells => Edges.Select(edge => new[] { edge.Edge, edge.Proxy == edge.Edge ? "the same" : edge.Proxy, edge.Listen, edge.Upstream });

    private IEnumerable<string> Notes =>
    [
        $"control  {Text(Control)}/#token={ControlToken}",
        "         a page to break things and watch, and an API under /api/v1; or, in another terminal, ./harness inject, heal and status",
        ControlFile is null
            ? $"         no file could be written for them: they need --at {Text(Control)} and the token in the variable {ControlClient.TokenVariable}"
            : $"         which find it by {ControlFile}",
        $"proxies  {Text(ProxyApi)} (Toxiproxy API{(ProxyToken is null ? "" : $"; changes want the header Authorization: Bearer {ProxyToken}")})",
        $"record   {Record}",
        "Ctrl-C heals and takes everything down.",
    ];

    private static int? ProcessOf(RunningService service, IRunningEnvironment environment) =>
        environment.Parts.FirstOrDefault(part => part.Name == service.Name)?.Processes is [var first, ..] ? first : null;

    private static EdgeRow Row(Edge edge, string proxy, IReadOnlyDictionary<string, Proxy> proxies) =>
        proxies.TryGetValue(proxy, out Proxy? known) ? new EdgeRow(edge.ToString(), proxy, known.Listen, known.Upstream) : new EdgeRow(edge.ToString(), proxy, "-", "-");

    private static string Text(Uri url) => url.ToString().TrimEnd('/');

    private static void Print(TextWriter output, string[] titles, IEnumerable<string[]> cells)
    {
        string[][] rows = [titles, .. cells];
        int[] widths = [.. titles.Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        output.WriteLine();
    }

    private static void Draw(string[] titles, IEnumerable<string[]> cells)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns([.. titles.Select(Markup.Escape)]);
        foreach (string[] row in cells)
            table.AddRow([.. row.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }
}

/// <summary>A service: through its proxy, and past it.</summary>
/// <param name="Name"><c>orders</c>.</param>
/// <param name="Url">Through its proxy, as clients reach it.</param>
/// <param name="Direct">Past every proxy.</param>
/// <param name="ProcessId">Of this machine; null in a container and elsewhere.</param>
internal sealed record ServiceRow(string Name, Uri Url, Uri Direct, int? ProcessId);

/// <summary>An edge and the proxy on it.</summary>
/// <param name="Edge"><c>orders -> payments</c>.</param>
/// <param name="Proxy">Its proxy's name in the Toxiproxy API.</param>
/// <param name="Listen">Where that listens.</param>
/// <param name="Upstream">Where that leads.</param>
internal sealed record EdgeRow(string Edge, string Proxy, string Listen, string Upstream);
