using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Stores;
using StackExchange.Redis;

namespace Harness.Chaos.Tests.Faults.Stores;

/// <summary>Each fault of the cache bites on a real redis-server, leaves evidence, and is gone afterwards.</summary>
[Collection("redis")]
public sealed class RedisFaultTests(StoresEnvironment environment) : IAsyncLifetime
{
    private ConnectionMultiplexer _connection = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IDatabase Cache => _connection.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        await environment.ReadyAsync();
        _connection = await environment.ConnectRedisAsync();
        await Cache.ExecuteAsync("FLUSHALL");
        for (int product = 0; product < 20; product++)
            await Cache.StringSetAsync($"product:{product}", new string('x', 2000), TimeSpan.FromMinutes(10));
        await Cache.StringSetAsync("bus", "stays");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    [Fact]
    public async Task Expire_takes_every_cached_value_at_once_and_nothing_else()
    {
        IInjection injection = new ExpireFault().Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        RedisValue product = await Cache.StringGetAsync("product:3"), bus = await Cache.StringGetAsync("bus");
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.True(product.IsNull);
        Assert.Equal("stays", bus);
        Assert.Equal(20, evidence!["keys expired"]);
    }

    [Fact]
    public async Task Expire_takes_the_hottest_keys_alone()
    {
        for (int read = 0; read < 5000; read++)
            await Cache.StringGetAsync(read % 2 == 0 ? "product:7" : "product:11");
        IInjection injection = new ExpireFault { Hottest = 2 }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(2, evidence!["keys expired"]);
        Assert.False(await Cache.KeyExistsAsync("product:7"));
        Assert.False(await Cache.KeyExistsAsync("product:11"));
    }

    [Fact]
    public async Task Expire_comes_again_while_it_lasts()
    {
        IInjection injection = new ExpireFault { Every = TimeSpan.FromMilliseconds(50) }.Prepare(environment, TimeProvider.System);
        await injection.InjectAsync(Token);

        await Cache.StringSetAsync("product:new", "x");
        while (await Cache.KeyExistsAsync("product:new"))
            await Task.Delay(10, Token);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(21, evidence!["keys expired"]);
    }

    [Fact]
    public async Task Flush_leaves_nothing_and_with_a_restart_the_server_comes_back_empty()
    {
        IInjection injection = new FlushFault { Restart = true }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        Assert.Empty(environment.Parts.First(part => part.Name == "redis").Processes);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(21, evidence!["keys flushed"]);
        Assert.InRange(evidence["processes killed"], 1, 10);
        await using ConnectionMultiplexer again = await environment.ConnectRedisAsync();
        Assert.False(await again.GetDatabase().KeyExistsAsync("bus"));
    }

    [Fact]
    public async Task Expire_takes_a_share_of_the_values_as_a_server_short_of_memory_does()
    {
        IInjection injection = new ExpireFault { Share = 0.5 }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.InRange(evidence!["keys expired"], 3, 17);
    }

    [Fact]
    public async Task Evict_makes_the_server_throw_values_away_and_puts_its_limit_back()
    {
        for (int product = 20; product < 2000; product++)
            await Cache.StringSetAsync($"product:{product}", new string('x', 2000), TimeSpan.FromMinutes(10), flags: CommandFlags.FireAndForget);
        IServer server = _connection.GetServer(_connection.GetEndPoints()[0]);
        (string, string) before = await LimitAsync(server);
        IInjection injection = new EvictFault { Keep = 0.3 }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        // It evicts while it is written to.
        for (int write = 0; write < 200; write++)
            await Cache.StringSetAsync("product:new", new string('x', 2000), TimeSpan.FromMinutes(10));
        long left = await server.DatabaseSizeAsync();
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.InRange(left, 1, 1500);
        // It goes on after we have looked.
        Assert.InRange(evidence!["keys evicted"], 2002 - left, 2002);
        Assert.Equal("stays", await Cache.StringGetAsync("bus"));
        Assert.Equal(before, await LimitAsync(server));
    }

    private static async Task<(string, string)> LimitAsync(IServer server) =>
        ((await server.ConfigGetAsync("maxmemory")).Single().Value, (await server.ConfigGetAsync("maxmemory-policy")).Single().Value);
}
