using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Harness.Target.Chaos;
using Harness.Target.Chaos.Calls;
using Harness.Target.Inventory;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Resilience;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Target.Tests.Chaos.Calls;

/// <summary>Faults of calls bite on a real service, from both sides, by path and share, and are gone when they are taken away.</summary>
[Collection("chaos")]
public sealed class CallChaosTests(ChaosNode chaos)
{
    private const string Sku = "/products/sku-0001";

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Delays_what_comes_in_and_never_what_looks_after_the_service()
    {
        var node = await chaos.NodeAsync();
        await chaos.PutAsync("slow", new { kind = "service-latency", delay = "00:00:00.4" });
        var started = Stopwatch.GetTimestamp();
        (await node.Http.GetAsync(Sku, Ended)).Dispose();
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.39));
        await node.Http.GetStringAsync("/health/ready", Ended);
        await node.Http.GetStringAsync("/metrics", Ended);

        Assert.Equal(1, (await chaos.TakeAwayAsync("slow"))["calls delayed"]);
    }

    [Fact]
    public async Task Fails_a_share_of_what_comes_in_on_one_path()
    {
        var node = await chaos.NodeAsync();
        await chaos.PutAsync("failing", new { kind = "service-error", path = "/products/sku-0001", ratio = 0.5 });
        var failed = 0;
        for (var i = 0; i < 60; i++)
        {
            using var hit = await node.Http.GetAsync(Sku, Ended);
            using var other = await node.Http.GetAsync("/products/sku-0002", Ended);
            failed += hit.StatusCode == HttpStatusCode.InternalServerError ? 1 : 0;
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        // 60 draws of a half: below 12 or above 48 once in a million seeds.
        Assert.InRange(failed, 12, 48);
        Assert.Equal(failed, (await chaos.TakeAwayAsync("failing"))["calls failed"]);
        Assert.Equal(HttpStatusCode.OK, (await node.Http.GetAsync(Sku, Ended)).StatusCode);
    }

    [Fact]
    public async Task Answers_wrongly_what_comes_in()
    {
        var node = await chaos.NodeAsync();
        var right = (await node.Http.GetFromJsonAsync<Product>(Sku, Ended))!;

        await chaos.PutAsync("wrong", new { kind = "wrong-result", result = "altered" });
        var altered = (await node.Http.GetFromJsonAsync<Product>(Sku, Ended))!;
        await chaos.PutAsync("wrong", new { kind = "wrong-result", result = "empty" });
        Assert.Equal("", await node.Http.GetStringAsync(Sku, Ended));
        await chaos.PutAsync("wrong", new { kind = "wrong-result", result = "status", status = 502 });
        using (var bare = await node.Http.GetAsync(Sku, Ended))
            Assert.Equal((HttpStatusCode.BadGateway, ""), (bare.StatusCode, await bare.Content.ReadAsStringAsync(Ended)));

        Assert.Equal(1, (await chaos.TakeAwayAsync("wrong"))["answers made wrong"]);
        Assert.Equal(right.PriceCents + 1, altered.PriceCents);
        Assert.Equal(right.PriceCents, (await node.Http.GetFromJsonAsync<Product>(Sku, Ended))!.PriceCents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Puts_calls_that_go_out_wrong_with_a_pipeline_and_without(bool resilience)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var board = new ChaosBoard(TimeProvider.System, services);
        var pipelines = new EdgePipelines(resilience, new MetricRegistry(), TimeProvider.System, new Random(1), NullLogger<EdgePipelines>.Instance)
        {
            Chaos = new CallChaos(board, TimeProvider.System, new Random(1)),
        };
        using var client = new EdgeClient((await chaos.NodeAsync()).Http.BaseAddress!, EdgePolicies.Between(ServiceName.Orders, ServiceName.Inventory), pipelines);
        var prices = new PriceClient(client);
        var right = await prices.AskAsync("sku-0002", Ended);

        await board.HoldAsync("wrong", new WrongResults { Side = CallSide.Outgoing, To = "inventory", Result = WrongResult.Altered });
        Assert.Equal(right + 1, await prices.AskAsync("sku-0002", Ended));
        await board.TakeAwayAsync("wrong");
        var failing = await board.HoldAsync("failing", new FailingCalls { Side = CallSide.Outgoing, Path = "/products/sku-0002" });
        await Assert.ThrowsAsync<PriceUnavailableException>(() => prices.AskAsync("sku-0002", Ended));
        Assert.NotNull(await prices.AskAsync("sku-0003", Ended));
        await client.ReachAsync(Ended);

        // Every try of the pipeline is hit: it stands behind the retries.
        Assert.Equal(resilience ? 3 : 1, failing!.View().Evidence["calls failed"]);
        await board.TakeAwayAsync("failing");
        Assert.Equal(right, await prices.AskAsync("sku-0002", Ended));
    }

    [Fact]
    public async Task Slows_the_cache_alone_and_its_breaker_sees_it()
    {
        var node = await chaos.NodeAsync();
        await chaos.PutAsync("slow-cache", new { kind = "service-latency", side = "outgoing", to = "redis", delay = "00:00:05" });
        var started = Stopwatch.GetTimestamp();
        var product = await node.ReadAnyhowAsync("sku-0003");

        var evidence = await chaos.TakeAwayAsync("slow-cache");
        Assert.Equal("sku-0003", product.Sku);
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
        Assert.True(evidence["calls delayed"] >= 1);
        await Eventually.TrueAsync(async () =>
        {
            var bypasses = node.Cache.Bypasses.Value;
            await node.ReadAnyhowAsync("sku-0003");
            return node.Cache.Bypasses.Value == bypasses;
        }, "reads come from the cache again");
    }
}
