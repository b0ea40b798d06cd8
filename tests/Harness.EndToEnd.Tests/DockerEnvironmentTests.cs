using System.Diagnostics;
using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>The same system with its stores in containers of a real daemon.</summary>
public sealed class DockerEnvironmentTests
{
    private const string Cut =
        """
        name: cut-from-container
        load:
          - { scenario: checkout, arrivals: { rate: 5/s } }
        timeline: { warmup: 500ms, baseline: 1s, fault: 2s, recovery: 2s }
        faults:
          - partition: { name: cut, edges: ["payments -> postgres", "orders -> redis"], at: 0s, for: 1500ms }
        expect:
          - settled: { within: 60s }
          - checks: [money-conserved, no-oversell, effects-exactly-once, acknowledged-orders-kept]
        """;

    [Fact]
    public async Task Loses_nothing_while_services_are_cut_off_from_containers_and_leaves_none_behind()
    {
        RequireDocker();
        using var workspace = new Workspace();
        await using HarnessProcess harness = HarnessProcess.Start("run", workspace.Write("cut.yaml", Cut), "--env", "docker", "--seed", "4", "--out", workspace.Runs);
        await workspace.HappenedAsync(EventKind.FaultInjected);
        string run = workspace.Record().Description.Id;
        IReadOnlyList<string> containers = await ContainersAsync(run, "{{.Ports}}");
        int exitCode = await harness.ExitAsync();

        RunRecord record = workspace.Record();
        Held.Assert(exitCode, record, harness.Output + harness.Errors);
        Assert.Equal(2, containers.Count);
        Assert.All(containers, ports => Assert.StartsWith("127.0.0.1:", ports, StringComparison.Ordinal));
        Assert.Empty(await ContainersAsync(run, "{{.ID}}"));
        Assert.True(record.Faults.Single().Evidence!["bytes"] > 0);
        Assert.Contains("database system is ready", await LogAsync(record, "postgres"), StringComparison.Ordinal);
        Assert.Contains("Ready to accept connections", await LogAsync(record, "redis"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Containers_go_when_the_harness_is_killed_and_the_next_command_removes_those_whose_holder_was_killed_too()
    {
        RequireDocker();
        using var workspace = new Workspace();
        await using UpSystem up = await UpSystem.StartAsync("--env", "docker", "--out", workspace.Runs);
        string run = Path.GetFileName(up.View.GetProperty("record").GetString()!);
        Assert.Equal(2, (await ContainersAsync(run, "{{.ID}}")).Count);
        int holder = up.Harness.Children().First(child => CommandLine(child).Contains("--container", StringComparison.Ordinal));
        await HarnessProcess.SignalAsync(holder, "KILL");
        await HarnessProcess.SignalAsync(up.Harness.Process.Id, "KILL");

        var sinceKilled = Stopwatch.StartNew();
        while ((await ContainersAsync(run, "{{.ID}}")).Count > 1 && sinceKilled.Elapsed < TimeSpan.FromSeconds(5))
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Single(await ContainersAsync(run, "{{.ID}}"));

        await using UpSystem next = await UpSystem.StartAsync("--env", "docker", "--out", workspace.Runs);
        Assert.Empty(await ContainersAsync(run, "{{.ID}}"));
        await HarnessProcess.SignalAsync(next.Harness.Process.Id, "INT");
        Assert.Equal(0, await next.Harness.ExitAsync());
        Assert.Empty(await ContainersAsync(Path.GetFileName(next.View.GetProperty("record").GetString()!), "{{.ID}}"));
    }

    private static void RequireDocker()
    {
        var docker = new DockerEnvironment();
        // No image can be pulled where no registry is reached: those that were made for the tests must be there.
        string what = string.Join("; ", [.. docker.Missing([typeof(DockerEnvironment).Assembly.Location]), .. docker.Notes()]);
        Assert.False(what.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", what);
        Assert.SkipWhen(what.Length > 0, what);
    }

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<IReadOnlyList<string>> ContainersAsync(string run, string format)
    {
        var start = new ProcessStartInfo("docker", ["ps", "--all", "--filter", $"label=harness.run={run}", "--format", format]) { RedirectStandardOutput = true };
        using Process docker = Process.Start(start)!;
        string output = await docker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await docker.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, docker.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Task<string> LogAsync(RunRecord record, string part) =>
        File.ReadAllTextAsync(Path.Combine(record.Folder, "logs", part + ".log"), TestContext.Current.CancellationToken);
}
