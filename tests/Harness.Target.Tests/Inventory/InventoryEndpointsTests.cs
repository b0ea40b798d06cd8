using System.Net;
using System.Net.Http.Json;
using Harness.Target.Inventory;

namespace Harness.Target.Tests.Inventory;

public sealed class InventoryEndpointsTests : IDisposable
{
    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Lists_its_products()
    {
        await using var inventory = await StartAsync("--products", "3");
        Assert.Equal(["sku-0001", "sku-0002", "sku-0003"], (await inventory.Http.GetFromJsonAsync<string[]>("/products", Ended))!);
    }

    [Fact]
    public async Task Keeps_a_product_in_the_cache_until_it_changes()
    {
        await using var inventory = await StartAsync();
        var first = await ReadAsync(inventory);
        Assert.Equal(first, await ReadAsync(inventory));
        using var changed = await inventory.Http.PutAsJsonAsync("/products/sku-0001/price", new { priceCents = first.PriceCents + 1 }, Ended);

        Assert.Equal(first with { PriceCents = first.PriceCents + 1, Version = 2 }, await changed.Content.ReadFromJsonAsync<Product>(Ended));
        await Eventually.TrueAsync(async () => await ReadAsync(inventory) == first with { PriceCents = first.PriceCents + 1, Version = 2 }, "the new price is seen");
        Assert.InRange(await inventory.MetricAsync("cache_hits_total"), 1, double.MaxValue);
        Assert.Equal(2, await inventory.MetricAsync("cache_loads_total"));
    }

    [Fact]
    public async Task Reads_the_database_each_time_when_reads_are_strong()
    {
        await using var inventory = await StartAsync("--reads", "strong");
        await ReadAsync(inventory);
        await ReadAsync(inventory);
        Assert.Equal((0, 0), (await inventory.MetricAsync("cache_hits_total"), await inventory.MetricAsync("cache_misses_total")));
    }

    [Theory]
    [InlineData("cached")]
    [InlineData("strong")]
    public async Task Does_not_know_products_that_are_not_there(string reads)
    {
        await using var inventory = await StartAsync("--reads", reads);
        using var response = await inventory.Http.GetAsync("/products/sku-9999", Ended);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        using var unpriced = await inventory.Http.PutAsJsonAsync("/products/sku-9999/price", new { priceCents = 1 }, Ended);
        Assert.Equal(HttpStatusCode.NotFound, unpriced.StatusCode);
    }

    [Fact]
    public async Task Adds_to_the_stock_and_answers_the_version_that_it_made()
    {
        await using var inventory = await StartAsync();
        var first = await ReadAsync(inventory);
        using var changed = await inventory.Http.PostAsJsonAsync("/products/sku-0001/restock", new { quantity = 5 }, Ended);

        Assert.Equal(first with { Available = first.Available + 5, Version = 2 }, await changed.Content.ReadFromJsonAsync<Product>(Ended));
        using var nothing = await inventory.Http.PostAsJsonAsync("/products/sku-0001/restock", new { quantity = 0 }, Ended);
        Assert.Equal(HttpStatusCode.BadRequest, nothing.StatusCode);
    }

    [Fact]
    public async Task Refuses_prices_below_zero()
    {
        await using var inventory = await StartAsync();
        using var response = await inventory.Http.PutAsJsonAsync("/products/sku-0001/price", new { priceCents = -1 }, Ended);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Makes_the_same_products_from_the_same_seed()
    {
        await using var inventory = await StartAsync("--seed", "7");
        await using var again = await ServiceProcess.StartAsync("inventory", Path.Combine(_folder, "again"), redisPort: 1, "--seed", "7");
        await using var other = await ServiceProcess.StartAsync("inventory", Path.Combine(_folder, "other"), redisPort: 1, "--seed", "8");
        Assert.Equal(await ReadAsync(inventory), await ReadAsync(again));
        Assert.NotEqual(await ReadAsync(inventory), await ReadAsync(other));
    }

    private static async Task<Product> ReadAsync(ServiceProcess inventory) => (await inventory.Http.GetFromJsonAsync<Product>("/products/sku-0001", Ended))!;

    private Task<ServiceProcess> StartAsync(params string[] more) => ServiceProcess.StartAsync("inventory", _folder, _redis.Port, more);
}
