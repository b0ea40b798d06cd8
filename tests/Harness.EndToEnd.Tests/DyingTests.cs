using System.Diagnostics;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>However the harness ends, nothing it started outlives it.</summary>
public sealed class DyingTests
{
    [Fact]
    public async Task Leaves_no_process_behind_when_it_is_killed_and_a_record_up_to_there()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using var workspace = new Workspace();
        string file = workspace.Write("short.yaml", Workspace.Short);
        await using HarnessProcess harness = HarnessProcess.Start("run", file, "--out", workspace.Runs);
        await workspace.HappenedAsync(EventKind.FaultInjected);
        IReadOnlyList<int> children = harness.Children();
        Assert.Equal(4, children.Count);

        await HarnessProcess.SignalAsync(harness.Process.Id, "KILL");
        var sinceKilled = Stopwatch.StartNew();
        while (children.Any(HarnessProcess.IsAlive) && sinceKilled.Elapsed < TimeSpan.FromSeconds(5))
            await Task.Delay(20, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(children, HarnessProcess.IsAlive);
        RunRecord cutShort = workspace.Record();
        Assert.Contains(cutShort.Events, happened => happened.Kind == EventKind.FaultInjected);
        Assert.NotEmpty(cutShort.History);
    }

    [Fact]
    public async Task Is_whole_again_in_time_at_whatever_moment_it_is_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync("bench", "heal", "--moments", "2", "--seed", "9");
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("2 moments", output, StringComparison.Ordinal);
        Assert.Contains("nothing was left", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heals_first_and_then_reports_when_it_is_interrupted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using var workspace = new Workspace();
        string file = workspace.Write("short.yaml", Workspace.Short);
        await using HarnessProcess harness = HarnessProcess.Start("run", file, "--out", workspace.Runs);
        await workspace.HappenedAsync(EventKind.FaultInjected);
        IReadOnlyList<int> children = harness.Children();

        // As a terminal does it: the whole group gets the signal, the children before their parent has done anything about it.
        foreach (int child in children)
            await HarnessProcess.SignalAsync(child, "INT");
        await HarnessProcess.SignalAsync(harness.Process.Id, "INT");
        int exitCode = await harness.ExitAsync();

        Assert.Equal(130, exitCode);
        Assert.DoesNotContain(children, HarnessProcess.IsAlive);
        RunRecord record = workspace.Record();
        Assert.All(record.Faults, window => Assert.NotNull(window.End));
        Assert.Contains(record.Events, happened => happened.Kind == EventKind.Interrupted);
        Assert.DoesNotContain(record.Events, happened => happened.Kind == EventKind.ProcessExited);
        Assert.Equal(Verdict.Unknown, record.Verdict!.Verdict);
        Assert.True(File.Exists(Path.Combine(record.Folder, "report.html")));
    }
}
