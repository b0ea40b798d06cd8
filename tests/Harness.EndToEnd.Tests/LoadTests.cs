using System.Text.Json;
using Harness.Cli.Tests.Schemas;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary><c>harness load</c> as a user calls it; what it does with numbers is tested beside the engine.</summary>
public sealed class LoadTests
{
    private static string Example { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Harness.Scenarios.Example", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        "Harness.Scenarios.Example.dll"));

    [Fact]
    public async Task Leaves_a_record_numbers_and_metrics()
    {
        using var workspace = new Workspace();
        using var target = new AnsweringServer();
        var exporter = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"] = $"{target.Url}v1/metrics",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        };

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(
            exporter, "load", "--url", target.Url, "--rate", "50/s", "--for", "2s", "--threshold", "count > 20", "--seed", "5", "--out", workspace.Runs);

        RunRecord record = workspace.Record();
        Held.Assert(exitCode, record, output + errors);
        Assert.Equal(100, record.Series.SelectMany(sample => sample.Scenarios).Where(sample => sample.Step is null).Sum(sample => sample.Due));
        Assert.All(
            ["report.html", "load.json", "load.csv", "load.md", "latency.hlog"],
            name => Assert.True(new FileInfo(Path.Combine(record.Folder, name)).Length > 0, name));
        Assert.Contains("due 100, ok 100", output, StringComparison.Ordinal);
        Assert.Contains(target.Bodies, body => body.Contains("harness.load.arrivals", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ends_on_interruption_with_what_had_come_of_it()
    {
        using var workspace = new Workspace();
        using var target = new AnsweringServer();
        await using HarnessProcess harness = HarnessProcess.Start("load", "--url", target.Url, "--rate", "50/s", "--for", "10m", "--out", workspace.Runs);
        await workspace.HappenedAsync(EventKind.PhaseStarted);
        await target.AnsweredAsync(40);

        await HarnessProcess.SignalAsync(harness.Process.Id, "INT");

        Assert.Equal(130, await harness.ExitAsync());
        RunRecord record = workspace.Record();
        Assert.Contains(record.Events, happened => happened.Kind == EventKind.Interrupted);
        using JsonDocument load = JsonDocument.Parse(File.ReadAllText(Path.Combine(record.Folder, "load.json")));
        Assert.True(load.RootElement.GetProperty("cancelled").GetBoolean());
        Assert.True(load.RootElement.GetProperty("rows")[0].GetProperty("ok").GetInt32() >= 5);
        Assert.True(File.Exists(Path.Combine(record.Folder, "report.html")));
    }

    [Fact]
    public async Task Stops_when_a_threshold_says_so()
    {
        using var workspace = new Workspace();
        using var target = new AnsweringServer { Status = 503 };

        (int exitCode, string output, _) = await HarnessProcess.RunAsync(
            "load", "--url", target.Url, "--users", "2", "--think", "10ms", "--for", "10m", "--threshold", "errors < 1%", "--abort-after", "1", "--out", workspace.Runs);

        Assert.True(exitCode == 4, output);
        Assert.Contains("STOP CONDITION MET", output, StringComparison.Ordinal);
        Assert.Contains("http-503", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Runs_scenarios_of_a_class_library()
    {
        using var workspace = new Workspace();
        using var target = new AnsweringServer();

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(
            "load", Example, "--mix", "hello=1,greeting=3", "--rate", "40/s", "--for", "1s", "--setting", $"base-url={target.Url}", "--seed", "5", "--json", "--out", workspace.Runs);

        Held.Assert(exitCode, workspace.Record(), output + errors);
        await Schemas.AssertValidAsync("load", output);
        using JsonDocument json = JsonDocument.Parse(output);
        JsonElement[] rows = [.. json.RootElement.GetProperty("load").GetProperty("rows").EnumerateArray()];
        Assert.Equal(["hello", "page", "thought", "greeting"], rows.Select(row => row.GetProperty(row.TryGetProperty("step", out _) ? "step" : "scenario").GetString()!));
        Assert.Equal(40, rows.Where(row => !row.TryGetProperty("step", out _)).Sum(row => row.GetProperty("ok").GetInt32()));
        Assert.Contains($"hello asks {target.Url}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_everything_that_is_wrong_at_once_and_starts_nothing()
    {
        using var workspace = new Workspace();
        string config = workspace.Write("load.yaml", "rate: fast\nthresholds: [\"p98 < 1\"]\n");
        string library = workspace.Write("none.dll", "text");

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(
            "load", library, "--scenario", "any", "--config", config, "--for", "30", "--seed", "x", "--url", "http://192.0.2.1/", "--out", workspace.Runs);

        Assert.Equal(2, exitCode);
        Assert.Empty(output);
        string[] expected =
        [
            $"{config}:1:7: rate: 'fast' is not a rate", "'p98 < 1' is not a threshold", $"{library}: is no .NET assembly", "--for: '30' is not a duration",
            "--seed: 'x' is not a whole number", "--url: '192.0.2.1' is not this machine",
        ];
        Assert.All(expected, message => Assert.Contains(message, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("is missing", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Runs));
    }
}
