using System.Net;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Harness.Target.Tests.Inventory.Caching;

/// <summary>Values whose time is over, while the database cannot be read.</summary>
public sealed class FailSafeTests : IDisposable
{
    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public void Dispose()
    {
        _redis.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("none")]
    public async Task Serves_the_old_value_while_the_database_cannot_be_read_and_the_new_one_after(string stampede)
    {
        await using var node = await InventoryNode.StartAsync(_folder, _redis.Port, "--fail-safe", "on", "--cache-ttl", "50ms", "--stampede", stampede);
        var first = await node.ReadAnyhowAsync("sku-0001");
        Execute("ALTER TABLE products RENAME TO away");

        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(first, await node.ReadAnyhowAsync("sku-0001"));
            return node.Cache.StaleServed.Value >= 3;
        }, "old values were served");

        Execute("ALTER TABLE away RENAME TO products");
        await node.RepriceAsync("sku-0001", 4711);
        await Eventually.TrueAsync(async () => (await node.ReadAnyhowAsync("sku-0001")).PriceCents == 4711, "the new price is seen");
    }

    [Fact]
    public async Task Serves_nothing_old_when_it_is_off()
    {
        await using var node = await InventoryNode.StartAsync(_folder, _redis.Port, "--cache-ttl", "50ms");
        await node.ReadAnyhowAsync("sku-0001");
        Execute("ALTER TABLE products RENAME TO away");

        await Eventually.TrueAsync(async () =>
        {
            using var answer = await node.Http.GetAsync("/products/sku-0001", TestContext.Current.CancellationToken);
            return answer.StatusCode >= HttpStatusCode.InternalServerError;
        }, "the read fails");
        Assert.Equal(0, node.Cache.StaleServed.Value);
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "inventory.db")}");
        connection.Open();
        connection.Execute(sql);
    }
}
