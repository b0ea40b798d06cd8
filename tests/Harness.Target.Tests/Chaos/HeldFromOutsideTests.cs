using System.Net;
using Harness.Chaos.Environments;
using Harness.Chaos.Faults.Services;
using Harness.Target.Chaos;
using Harness.Toxiproxy;

namespace Harness.Target.Tests.Chaos;

/// <summary>What the harness asks for is what a real service does, for as long as it is held and no longer.</summary>
[Collection("chaos")]
public sealed class HeldFromOutsideTests(ChaosNode chaos)
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_outlasts_its_lease_while_it_is_held_and_is_gone_when_it_is_healed()
    {
        var node = await chaos.NodeAsync();
        var injection = new ServiceErrorFault { Name = "failing", Parts = ["inventory"], Path = "/products" }.Prepare(await EnvironmentAsync(), TimeProvider.System);

        await injection.InjectAsync(Ended);
        await Task.Delay(ChaosBoard.Lease + TimeSpan.FromSeconds(1), Ended);
        using var failed = await node.Http.GetAsync("/products/sku-0001", Ended);
        var evidence = await injection.HealAsync(Ended);
        using var well = await node.Http.GetAsync("/products/sku-0001", Ended);

        Assert.Equal((HttpStatusCode.InternalServerError, HttpStatusCode.OK), (failed.StatusCode, well.StatusCode));
        Assert.Equal(1, evidence!["calls failed"]);
        Assert.True(node.Service<ChaosBoard>().IsQuiet);
    }

    [Fact]
    public async Task Two_administrators_overwrite_each_other_and_the_setting_is_as_it_was_when_they_are_gone()
    {
        var injection = new AdministratorsFault
        {
            Name = "quarrel", Parts = ["inventory"], Setting = "cache-ttl", Values = [100, 60_000], Every = TimeSpan.FromMilliseconds(50),
        }.Prepare(await EnvironmentAsync(), TimeProvider.System);

        await injection.InjectAsync(Ended);
        var board = (await chaos.NodeAsync()).Service<ChaosBoard>();
        await Eventually.TrueAsync(() => Task.FromResult(board.Held.Count == 2 && board.Held[0].View().Evidence["changes made"] >= 3), "both have changed it");
        var evidence = await injection.HealAsync(Ended);

        Assert.True(evidence!["changes made"] >= 5);
        Assert.True(evidence["changes overwritten"] >= evidence["changes made"] - 2);
        Assert.True(board.IsQuiet);
    }

    [Fact]
    public async Task A_service_that_refuses_a_fault_says_why()
    {
        var injection = new ServiceErrorFault { Name = "impossible", Parts = ["inventory"], Outgoing = true, To = "payments" }.Prepare(await EnvironmentAsync(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<ServiceChaosException>(() => injection.InjectAsync(Ended));
        await injection.HealAsync(Ended);

        Assert.Contains("inventory does not call 'payments'; it calls redis", refused.Message, StringComparison.Ordinal);
    }

    private async Task<IRunningEnvironment> EnvironmentAsync()
    {
        var url = (await chaos.NodeAsync()).Http.BaseAddress!;
        return new OneService(new RunningService("inventory", url, url));
    }

    /// <summary>A system of which nothing but one service is asked.</summary>
    private sealed class OneService(RunningService service) : IRunningEnvironment
    {
        public IReadOnlyList<Edge> Edges => [];

        public ToxiproxyClient Proxies => throw new InvalidOperationException("It has no edges.");

        public Uri ProxyApi => throw new InvalidOperationException("It has no edges.");

        public IReadOnlyList<RunningService> Services => [service];

        public string ChaosToken => ChaosNode.Token;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
