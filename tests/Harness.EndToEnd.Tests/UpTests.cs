using Harness.Records;
using Harness.Toxiproxy;

namespace Harness.EndToEnd.Tests;

/// <summary><c>harness up</c>, and <c>--env external</c> attached to what it keeps running: there it is somebody else's system.</summary>
public sealed class UpTests
{
    private const string Short =
        """
        name: attached
        load:
          - { scenario: checkout, arrivals: { rate: 5/s } }
        timeline: { warmup: 500ms, baseline: 1s, fault: FAULT, recovery: 1s }
        faults:
          - latency: { name: slow, edges: ["payments -> redis", "client -> orders"], delay: 5ms, at: 0s, for: FAULT }
        expect:
          - settled: { within: 60s }
          - checks: [money-conserved, no-oversell, effects-exactly-once, acknowledged-orders-kept]
        """;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_a_system_up_that_others_attach_to_and_leave_as_they_found_it_however_they_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using var workspace = new Workspace();
        await using UpSystem up = await UpSystem.StartAsync("--out", Path.Combine(workspace.Folder, "up"), "--seed", "7", "--switch", "reads=strong");
        Assert.NotNull(up.ProxyToken);
        using var client = new ToxiproxyClient(up.ProxyApi, up.ProxyToken);
        await client.AddToxicAsync("payments -> redis", new LatencyToxic { Name = "theirs", Latency = TimeSpan.FromMilliseconds(1) }, Token);
        string[] external = ["--env", "external", "--external", Describe(workspace, up), "--yes"];
        var variables = new Dictionary<string, string> { ["HARNESS_TOXIPROXY_TOKEN"] = up.ProxyToken };

        await AttachAndDieAsync(workspace, client, external, variables);
        await AttachAndFinishAsync(workspace, client, external, variables);
        await LoseAServiceAndEndAsync(up);
    }

    private static async Task AttachAndDieAsync(Workspace workspace, ToxiproxyClient client, string[] external, Dictionary<string, string> variables)
    {
        using var own = new Workspace();
        string file = own.Write("long.yaml", Short.Replace("FAULT", "60s", StringComparison.Ordinal));
        await using HarnessProcess harness = HarnessProcess.Start(variables, ["run", file, "--out", own.Runs, .. external]);
        await own.HappenedAsync(EventKind.FaultInjected);
        IReadOnlyDictionary<string, Proxy> broken = await client.GetProxiesAsync(Token);
        Assert.Contains("made -> proxy", broken.Keys);
        Assert.Contains(broken["payments -> redis"].Toxics, toxic => toxic.Name != "theirs");

        await HarnessProcess.SignalAsync(harness.Process.Id, "KILL");

        await FoundAgainAsync(client, TimeSpan.FromSeconds(5));
    }

    private static async Task AttachAndFinishAsync(Workspace workspace, ToxiproxyClient client, string[] external, Dictionary<string, string> variables)
    {
        string file = workspace.Write("short.yaml", Short.Replace("FAULT", "2s", StringComparison.Ordinal));
        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync(variables, ["run", file, "--out", workspace.Runs, .. external]);

        RunRecord record = workspace.Record();
        Held.Assert(exitCode, record, output + errors);
        Assert.Equal("external", record.Description.Environment);
        Assert.True(record.Faults.Single().Evidence!["bytes"] > 0);
        await FoundAgainAsync(client, TimeSpan.Zero);
    }

    private static async Task LoseAServiceAndEndAsync(UpSystem up)
    {
        IReadOnlyList<int> children = up.Harness.Children();
        Assert.Equal(4, children.Count);
        await HarnessProcess.SignalAsync(up.Service("payments").GetProperty("processId").GetInt32(), "KILL");
        await UntilAsync(() => up.Harness.Errors.Contains("PROCESS ENDED: payments", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.False(up.Harness.Process.HasExited);

        await HarnessProcess.SignalAsync(up.Harness.Process.Id, "INT");

        Assert.Equal(0, await up.Harness.ExitAsync());
        Assert.DoesNotContain(children, HarnessProcess.IsAlive);
        Assert.True(File.Exists(Path.Combine(up.View.GetProperty("record").GetString()!, "logs", "orders.log")));
    }

    private static string Describe(Workspace workspace, UpSystem up) => workspace.Write(
        "system.yaml",
        $$"""
        services:
          orders: {{up.Service("orders").GetProperty("direct").GetString()}}
          payments: {{up.Service("payments").GetProperty("direct").GetString()}}
          inventory: {{up.Service("inventory").GetProperty("direct").GetString()}}
        toxiproxy: {{up.ProxyApi}}
        proxies:
          payments -> redis: "payments -> redis"
          client -> orders: "client -> orders"
          made -> proxy: { upstream: "{{new Uri(up.Service("orders").GetProperty("direct").GetString()!).Authority}}" }
        """);

    /// <summary>Waits until the toxic that was there is the only one and the proxy that was made is gone.</summary>
    private static async Task FoundAgainAsync(ToxiproxyClient client, TimeSpan limit)
    {
        IReadOnlyDictionary<string, Proxy> proxies = await client.GetProxiesAsync(Token);
        await UntilAsync(
            async () =>
            {
                proxies = await client.GetProxiesAsync(Token);
                return !proxies.ContainsKey("made -> proxy") && proxies.Values.Sum(proxy => proxy.Toxics.Count) == 1;
            },
            limit);
        Assert.Equal("theirs", Assert.Single(proxies["payments -> redis"].Toxics).Name);
        Assert.All(proxies.Values, proxy => Assert.True(proxy.Enabled));
    }

    private static Task UntilAsync(Func<bool> condition, TimeSpan limit) => UntilAsync(() => Task.FromResult(condition()), limit);

    private static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(since.Elapsed <= limit, $"It did not come about within {limit.TotalSeconds} s.");
            await Task.Delay(50, Token);
        }
    }
}
