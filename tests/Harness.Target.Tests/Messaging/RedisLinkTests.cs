using System.Globalization;
using System.Net;
using Harness.Target.Messaging;
using StackExchange.Redis;

namespace Harness.Target.Tests.Messaging;

public sealed class RedisLinkTests
{
    /// <summary>Some of the link's heartbeats long.</summary>
    private static readonly TimeSpan Awhile = TimeSpan.FromSeconds(1.2);

    [Fact]
    public async Task Sends_nothing_of_its_own_for_that_would_hold_threads_of_a_small_pool()
    {
        await using var redis = new RealRedis();
        await redis.ListensAsync();
        await using var watch = await ConnectionMultiplexer.ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port},allowAdmin=true"));
        await using var link = new RedisLink(new DnsEndPoint("127.0.0.1", redis.Port), "idle");
        await link.FirstAttempt;
        await Eventually.TrueAsync(() => Task.FromResult(link.IsConnected), "the link is connected");

        // Connecting may send its last words a little after it says that it is done.
        await Eventually.TrueAsync(async () =>
        {
            var before = await CommandsAsync(watch);
            await Task.Delay(Awhile);
            return await CommandsAsync(watch) == before + 1;
        }, "only the question itself was asked");
    }

    private static async Task<long> CommandsAsync(ConnectionMultiplexer watch) => long.Parse(
        (await watch.GetServers()[0].InfoAsync("stats"))[0].Single(stat => stat.Key == "total_commands_processed").Value, CultureInfo.InvariantCulture);
}
