using Harness.Chaos.Environments.Externals;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Environments.Externals;

public sealed class ProxyGuardTests
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Removes_what_was_made_and_leaves_the_rest_as_it_was_found()
    {
        await using ToxiproxyServer server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = 0 }, Token);
        using var client = new ToxiproxyClient(server.Url);
        await client.CreateProxyAsync("theirs", "127.0.0.1:0", "127.0.0.1:9", Token);
        await client.AddToxicAsync("theirs", new LatencyToxic { Name = "before", Latency = TimeSpan.FromMilliseconds(1) }, Token);
        await client.CreateProxyAsync("made", "127.0.0.1:0", "127.0.0.1:9", Token);
        await client.CreateProxyAsync("other", "127.0.0.1:0", "127.0.0.1:9", Token);
        foreach (string proxy in new[] { "theirs", "other" })
            await client.AddToxicAsync(proxy, new LatencyToxic { Name = "added", Latency = TimeSpan.FromMilliseconds(1) }, Token);
        await client.SetEnabledAsync("theirs", false, Token);

        bool restored = await ProxyGuard.RestoreAsync(new ProxiesFound(
            server.Url, null, ["made", "never-made"], new Dictionary<string, IReadOnlyList<string>> { ["theirs"] = ["before"] }));

        Assert.True(restored);
        IReadOnlyDictionary<string, Proxy> left = await client.GetProxiesAsync(Token);
        Assert.Equal(["other", "theirs"], left.Keys.Order());
        Assert.True(left["theirs"].Enabled);
        Assert.Equal("before", Assert.Single(left["theirs"].Toxics).Name);
        Assert.Equal("added", Assert.Single(left["other"].Toxics).Name);
    }
}
