using System.Text.Json;
using Harness.Cli.Tests.Schemas;

namespace Harness.EndToEnd.Tests;

/// <summary>One bug and one run without any, for real.</summary>
public sealed class HuntTests
{
    [Fact]
    public async Task Finds_a_planted_bug_and_reports_nothing_where_there_is_none()
    {
        using var workspace = new Workspace();

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(
            "hunt", "--bugs", "idempotency-key-ignores-body", "--clean", "1", "--seed", "5", "--json", "--out", workspace.Runs);

        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(output.Trim(), File.ReadAllText(Path.Combine(workspace.Runs, "hunt.json")).Trim());
        await Schemas.AssertValidAsync("hunt", output);
        Assert.True(File.Exists(Path.Combine(workspace.Runs, "hunt.md")));
        JsonElement bug = json.GetProperty("bugs")[0];
        Assert.True(bug.GetProperty("found").GetBoolean(), errors);
        Assert.Contains("came again with another order", bug.GetProperty("witness").GetString(), StringComparison.Ordinal);
        JsonElement counts = json.GetProperty("counts");
        Assert.Equal((1, 0), (counts.GetProperty("cleanRuns").GetInt32(), counts.GetProperty("cleanAlarms").GetInt32()));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Lists_what_it_would_hunt_and_runs_nothing()
    {
        (int exitCode, string output, _) = await HarnessProcess.RunAsync("hunt", "--list");

        Assert.Equal(0, exitCode);
        Assert.Contains("refund-twice", output, StringComparison.Ordinal);
    }
}
