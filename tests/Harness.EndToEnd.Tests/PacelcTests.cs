using System.Text.Json;
using Harness.Cli.Tests.Schemas;

namespace Harness.EndToEnd.Tests;

/// <summary>A mode that is broken on purpose, on the real system: it refuses orders under the cut, and charges some of those it took twice.</summary>
public sealed class PacelcTests
{
    [Fact]
    public async Task Labels_a_mode_that_loses_both_neither()
    {
        using var workspace = new Workspace();

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(
            "pacelc", "--modes", "strong", "--set", "strong.bug=double-charge-on-redelivery", "--rounds", "1", "--normal", "4s", "--partition", "4s", "--heal", "4s",
            "--seed", "7", "--out", workspace.Runs, "--json");

        Assert.True(exitCode == 1, $"exit code {exitCode}\n{output}\n{errors}");
        await Schemas.AssertValidAsync("pacelc", output);
        using JsonDocument card = JsonDocument.Parse(output);
        JsonElement label = card.RootElement.GetProperty("labels")[0];
        string[] defects = [.. label.GetProperty("defects").EnumerateArray().Select(defect => defect.GetString()!)];
        Assert.Contains(defects, defect => defect.Contains("no trade-off excuses", StringComparison.Ordinal));
        // On a machine that is too busy to send on time the label stays undecided; the broken books stand whatever else went wrong.
        if (card.RootElement.GetProperty("modes")[0].GetProperty("invalid").GetArrayLength() == 0)
            Assert.Equal("neither", label.GetProperty("underPartition").GetString());
        string folder = Assert.Single(Directory.EnumerateDirectories(workspace.Runs));
        Assert.True(File.Exists(Path.Combine(folder, "scorecard.html")));
        Assert.Equal(output.Trim(), (await File.ReadAllTextAsync(Path.Combine(folder, "pacelc.json"), TestContext.Current.CancellationToken)).Trim());
    }
}
