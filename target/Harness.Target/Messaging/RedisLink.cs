using System.Net;
using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>
/// The connection to Redis, made for a network that fails: a service starts without it, a command ends within about a second one way or
/// the other, and nothing queues up behind a connection that is gone.
/// </summary>
public sealed class RedisLink : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);
    private readonly Task<ConnectionMultiplexer> _connecting;

    /// <summary>Begins to connect and does not wait for it.</summary>
    public RedisLink(ServiceOptions options)
        : this(options.Redis, options.Service.Word())
    {
    }

    /// <inheritdoc cref="RedisLink(ServiceOptions)"/>
    /// <param name="name">What the server calls this client.</param>
    internal RedisLink(DnsEndPoint server, string name)
    {
        var configuration = new ConfigurationOptions
        {
            EndPoints = { { server.Host, server.Port } },
            ClientName = name,
            AbortOnConnectFail = false,
            ConnectTimeout = (int)ConnectLimit.TotalMilliseconds,
            AsyncTimeout = 1000,
            SyncTimeout = 1000,
            // The heartbeat is what notices timeouts and dead connections, so it sets how fine those are measured. It only looks: with
            // HeartbeatConsistencyChecks it would also send, and hold pool threads while it does; two held at once stop a small pool for a second.
            HeartbeatInterval = TimeSpan.FromMilliseconds(250),
            ReconnectRetryPolicy = new LinearRetry((int)RetryEvery.TotalMilliseconds),
            BacklogPolicy = BacklogPolicy.FailFast,
            ConfigCheckSeconds = 3600,
        };
        _connecting = ConnectionMultiplexer.ConnectAsync(configuration);
    }

    /// <summary>Completes when the first attempt to connect is over, however it ended.</summary>
    public Task FirstAttempt => _connecting;

    /// <summary>Whether commands have a connection to go to right now.</summary>
    public bool IsConnected => _connecting.IsCompletedSuccessfully && Multiplexer.IsConnected;

    /// <exception cref="RedisException">The first attempt to connect is still under way.</exception>
    public IDatabase Database => Multiplexer.GetDatabase();

    /// <exception cref="RedisException">The first attempt to connect is still under way.</exception>
    public ISubscriber Subscriber => Multiplexer.GetSubscriber();

    /// <summary>What time it is for the server.</summary>
    public async Task<DateTimeOffset> TimeAsync()
    {
        var parts = (RedisResult[])(await Database.ExecuteAsync("TIME"))!;
        return DateTimeOffset.FromUnixTimeSeconds((long)parts[0]).AddMicroseconds((long)parts[1]);
    }

    private ConnectionMultiplexer Multiplexer => _connecting.IsCompletedSuccessfully
        ? _connecting.GetAwaiter().GetResult()
        : throw new RedisException("Redis has not been reached yet.");

    public async ValueTask DisposeAsync()
    {
        if (_connecting.IsCompletedSuccessfully)
            await (await _connecting).DisposeAsync();
    }
}
