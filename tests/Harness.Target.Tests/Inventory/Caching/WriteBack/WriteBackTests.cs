using System.Net.Http.Json;
using Harness.Target.Inventory;

namespace Harness.Target.Tests.Inventory.Caching.WriteBack;

/// <summary>What a crash costs when writes are acknowledged before the database has them.</summary>
public sealed class WriteBackTests : IDisposable
{
    private static readonly string[] Lazily = ["--cache-writes", "back", "--write-back-every", "10m"];
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Counts_what_is_lost_with_the_cache() => Undisturbed.RunAsync(async round =>
    {
        var redis = new RealRedis();
        await using var gone = redis;
        await redis.ListensAsync();
        await using var relay = new Relay(redis.Port);
        await using var node = await InventoryNode.StartAsync(Path.Combine(_folder, $"{round}"), relay.Port, "--cache-writes", "back", "--write-back-every", "1s");
        // Whatever is acknowledged between two flushes. The first is flushed at some time, the others perhaps not.
        for (var price = 1; price <= 50; price++)
            await node.RepriceAsync($"sku-{(price % 5) + 1:D4}", price);
        await redis.KillAsync();
        await using var empty = new RealRedis();
        await empty.ListensAsync();
        relay.Redirect(empty.Port);

        await Eventually.TrueAsync(async () => (await node.AuditAsync()).WriteBack is { Waiting: 0, DirtyProducts: 0 }, "nothing is waiting any more");
        var audit = await node.AuditAsync();
        var kept = audit.Products.Sum(product => product.Version - 1);
        Assert.Equal(50, audit.WriteBack!.Acknowledged);
        Assert.Equal(50 - kept, audit.WriteBack.Lost);
    });

    [Fact]
    public async Task Loses_nothing_when_the_process_dies()
    {
        using var redis = new RedisServer();
        Product? changed = null;
        await using (var process = await ServiceProcess.StartAsync("inventory", _folder, redis.Port, Lazily))
        {
            // A change whose answer is unknown is asked for again; the last one that was acknowledged is the one to find.
            await Eventually.TrueAsync(async () =>
            {
                using var answer = await process.Http.PutAsJsonAsync("/products/sku-0001/price", new { priceCents = 4711 }, TestContext.Current.CancellationToken);
                changed = answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<Product>(TestContext.Current.CancellationToken) : null;
                return changed is not null;
            }, "the change is acknowledged");
            await process.KillAsync();
        }

        await using var node = await InventoryNode.StartAsync(_folder, redis.Port, "--cache-writes", "back", "--write-back-every", "50ms");
        await Eventually.TrueAsync(
            async () => await node.KeptAsync("sku-0001") is { PriceCents: 4711 } kept && kept.Version == changed!.Version, "the database has the price");
        await Eventually.TrueAsync(node.IsAtRestAsync, "nothing is waiting any more");
    }

    [Fact]
    public Task Writes_through_what_is_more_than_may_wait() => OnANodeAsync(["--write-back-max", "1"], async node =>
    {
        await node.RepriceAsync("sku-0001", 1);
        await node.RepriceAsync("sku-0002", 2);
        await node.RepriceAsync("sku-0001", 3);

        Assert.NotEqual(3, (await node.KeptAsync("sku-0001")).PriceCents);
        Assert.Equal(2, (await node.KeptAsync("sku-0002")).PriceCents);
        Assert.Equal((3, 2), ((await node.ReadAsync("sku-0001")).PriceCents, (await node.ReadAsync("sku-0002")).PriceCents));
        Assert.Equal((2, 2, 0, 1), (await node.AuditAsync()).WriteBack is { } owed ? (owed.Acknowledged, owed.Waiting, owed.Lost, owed.DirtyProducts) : default);
        Assert.False(await node.IsAtRestAsync());
    });

    [Fact]
    public Task Shows_sold_and_restocked_pieces_beside_a_price_that_waits() => OnANodeAsync([], async node =>
    {
        var first = await node.ReadAsync("sku-0001");
        await node.RepriceAsync("sku-0001", 4711);
        var restocked = await node.RestockAsync("sku-0001", 5);
        Assert.Equal(first with { PriceCents = 4711, Available = first.Available + 5, Version = 3 }, restocked);
        Assert.Equal(restocked, await node.ReadAsync("sku-0001"));
    });

    [Fact]
    public Task Writes_what_waits_before_it_stops() => Undisturbed.RunAsync(async round =>
    {
        using var redis = new RedisServer();
        var folder = Path.Combine(_folder, $"{round}");
        await using (var node = await InventoryNode.StartAsync(folder, redis.Port, Lazily))
            await node.RepriceAsync("sku-0001", 4711);
        await using var next = await InventoryNode.StartAsync(folder, redis.Port, Lazily);
        if ((await next.AuditAsync()).WriteBack is not { DirtyProducts: 0 })
            throw new DisturbedException("It did not come to it in the time that it had.");
        Assert.Equal((4711, 2), await next.KeptAsync("sku-0001") is var kept ? (kept.PriceCents, kept.Version) : default);
    });

    /// <summary>On a server and in a folder of its own each round, so that what a disturbed round left counts for nothing.</summary>
    private Task OnANodeAsync(string[] more, Func<InventoryNode, Task> test) => Undisturbed.RunAsync(async round =>
    {
        using var redis = new RedisServer();
        await using var node = await InventoryNode.StartAsync(Path.Combine(_folder, $"{round}"), redis.Port, [.. Lazily, .. more]);
        await test(node);
    });
}
