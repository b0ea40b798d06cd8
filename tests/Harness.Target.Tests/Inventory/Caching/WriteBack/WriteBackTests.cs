namespace Harness.Target.Tests.Inventory.Caching.WriteBack;

/// <summary>What a crash costs when writes are acknowledged before the database has them.</summary>
public sealed class WriteBackTests : IAsyncLifetime
{
    private static readonly string[] Lazily = ["--cache-writes", "back", "--write-back-every", "10m"];
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly RedisServer _redis = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Counts_what_is_lost_with_the_cache()
    {
        var redis = new RealRedis();
        await using var gone = redis;
        await redis.ListensAsync();
        await using var relay = new Relay(redis.Port);
        await using var node = await InventoryNode.StartAsync(_folder, relay.Port, "--cache-writes", "back", "--write-back-every", "1s");
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
    }

    [Fact]
    public async Task Loses_nothing_when_the_process_dies()
    {
        long version;
        await using (var process = await ServiceProcess.StartAsync("inventory", _folder, _redis.Port, Lazily))
        {
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PutAsJsonAsync(
                process.Http, "/products/sku-0001/price", new { priceCents = 4711 }, TestContext.Current.CancellationToken);
            version = (await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<Target.Inventory.Product>(
                answer.Content, TestContext.Current.CancellationToken))!.Version;
            await process.KillAsync();
        }

        await using var node = await InventoryNode.StartAsync(_folder, _redis.Port, "--cache-writes", "back", "--write-back-every", "50ms");
        await Eventually.TrueAsync(async () => await node.KeptAsync("sku-0001") is { PriceCents: 4711 } kept && kept.Version == version, "the database has the price");
        await Eventually.TrueAsync(node.IsAtRestAsync, "nothing is waiting any more");
    }

    [Fact]
    public async Task Writes_through_what_is_more_than_may_wait()
    {
        await using var node = await InventoryNode.StartAsync(_folder, _redis.Port, [.. Lazily, "--write-back-max", "1"]);
        await node.RepriceAsync("sku-0001", 1);
        await node.RepriceAsync("sku-0002", 2);
        await node.RepriceAsync("sku-0001", 3);

        Assert.NotEqual(3, (await node.KeptAsync("sku-0001")).PriceCents);
        Assert.Equal(2, (await node.KeptAsync("sku-0002")).PriceCents);
        Assert.Equal((3, 2), ((await node.ReadAsync("sku-0001")).PriceCents, (await node.ReadAsync("sku-0002")).PriceCents));
        Assert.Equal((2, 2, 0, 1), (await node.AuditAsync()).WriteBack is { } owed ? (owed.Acknowledged, owed.Waiting, owed.Lost, owed.DirtyProducts) : default);
        Assert.False(await node.IsAtRestAsync());
    }

    [Fact]
    public async Task Writes_what_waits_before_it_stops()
    {
        await using (var node = await InventoryNode.StartAsync(_folder, _redis.Port, Lazily))
            await node.RepriceAsync("sku-0001", 4711);
        await using var next = await InventoryNode.StartAsync(_folder, _redis.Port, Lazily);
        Assert.Equal((4711, 2), await next.KeptAsync("sku-0001") is var kept ? (kept.PriceCents, kept.Version) : default);
    }

    [Fact]
    public async Task Shows_sold_and_restocked_pieces_beside_a_price_that_waits()
    {
        await using var node = await InventoryNode.StartAsync(_folder, _redis.Port, Lazily);
        var first = await node.ReadAsync("sku-0001");
        await node.RepriceAsync("sku-0001", 4711);
        var restocked = await node.RestockAsync("sku-0001", 5);
        Assert.Equal(first with { PriceCents = 4711, Available = first.Available + 5, Version = 3 }, restocked);
        Assert.Equal(restocked, await node.ReadAsync("sku-0001"));
    }
}
