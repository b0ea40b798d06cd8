using Harness.Target.Messaging;
using Harness.Target.Resilience;
using Polly;
using StackExchange.Redis;

namespace Harness.Target.Inventory.Caching;

/// <summary>The way from the cache to Redis: every command bounded, and all of them judged by one breaker.</summary>
public sealed class CacheLink
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMilliseconds(400);
    private readonly RedisLink _redis;
    private readonly ResiliencePipeline _pipeline;

    public CacheLink(RedisLink redis, EdgePipelines pipelines)
    {
        _redis = redis;
        _pipeline = pipelines.Build(
            new EdgePolicy { Edge = "inventory -> redis", TryTimeout = CommandTimeout, BreakerCallsMin = 4, ConcurrentCallsMax = 1024, WaitingCallsMax = 0 },
            failure => failure is RedisException or TimeoutException);
    }

    /// <summary>Whether an exception says that the cache cannot be had now, and nothing worse.</summary>
    public static bool IsAway(Exception e) => e is RedisException or TimeoutException or ExecutionRejectedException;

    /// <summary>Runs commands; what they throw when Redis is away satisfies <see cref="IsAway"/>.</summary>
    public ValueTask<T> AskAsync<TState, T>(Func<IDatabase, TState, Task<T>> commands, TState state, CancellationToken cancellationToken) =>
        _pipeline.ExecuteAsync(
            static async (all, token) => await all.commands(all.redis.Database, all.state).WaitAsync(token),
            (commands, state, redis: _redis),
            cancellationToken);

    /// <summary>Sends a command and does not ask what came of it; nothing is sent when Redis is known to be away.</summary>
    public void Tell(Action<IDatabase> command)
    {
        if (_redis.IsConnected)
            command(_redis.Database);
    }
}
