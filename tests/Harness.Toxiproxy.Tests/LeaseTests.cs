using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class LeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromHours(1);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_toxic_goes_by_itself_when_its_lease_is_not_renewed()
    {
        await using TestServer server = await StartAsync();
        await server.Client.CreateProxyAsync("p", "127.0.0.1:0", "127.0.0.1:1", Token);
        await server.Client.AddToxicAsync("p", new LatencyToxic { Lease = Lease }, Token);

        _time.Advance(Lease - TimeSpan.FromTicks(1));
        Assert.Single((await server.Client.GetProxyAsync("p", Token)).Toxics);

        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(async () => (await server.Client.GetProxyAsync("p", Token)).Toxics.Count == 0);
    }

    [Fact]
    public async Task A_renewed_lease_starts_anew()
    {
        await using TestServer server = await StartAsync();
        await server.Client.CreateProxyAsync("p", "127.0.0.1:0", "127.0.0.1:1", Token);
        Toxic toxic = await server.Client.AddToxicAsync("p", new LatencyToxic { Lease = Lease }, Token);
        _time.Advance(Lease / 2);

        await server.Client.RenewToxicAsync("p", toxic.Name!, Lease, Token);
        _time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.Single((await server.Client.GetProxyAsync("p", Token)).Toxics);

        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(async () => (await server.Client.GetProxyAsync("p", Token)).Toxics.Count == 0);
    }

    [Fact]
    public async Task A_disabled_proxy_is_enabled_by_itself()
    {
        await using TestServer server = await StartAsync();
        await server.Client.CreateProxyAsync("p", "127.0.0.1:0", "127.0.0.1:1", Token);
        await server.Client.SetEnabledAsync("p", false, Lease, Token);

        _time.Advance(Lease - TimeSpan.FromSeconds(1));
        Assert.False((await server.Client.GetProxyAsync("p", Token)).Enabled);

        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.TrueAsync(async () => (await server.Client.GetProxyAsync("p", Token)).Enabled);
    }

    private Task<TestServer> StartAsync() => TestServer.StartAsync(new ToxiproxyServerOptions { DataPlane = "portable", Time = _time });
}
