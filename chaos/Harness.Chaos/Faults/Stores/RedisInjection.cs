using Harness.Chaos.Environments;
using StackExchange.Redis;

namespace Harness.Chaos.Faults.Stores;

/// <summary>A fault of the cache: one connection past the proxies while it lasts.</summary>
internal abstract class RedisInjection(IRunningEnvironment environment) : IInjection
{
    private ConnectionMultiplexer? _connection;

    /// <summary>What it was seen to do.</summary>
    protected Dictionary<string, double> Evidence { get; } = [];

    public async Task InjectAsync(CancellationToken runToken)
    {
        ConfigurationOptions options = ConfigurationOptions.Parse(environment.ConnectionOf(StoreFields.Redis));
        options.AllowAdmin = true;
        _connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(runToken);
        await InjectAsync(_connection.GetServer(_connection.GetEndPoints()[0]), _connection.GetDatabase(), runToken);
    }

    public async Task<IReadOnlyDictionary<string, double>?> HealAsync(CancellationToken healToken)
    {
        if (_connection is null)
            return null;
        await HealAsync(_connection.GetServer(_connection.GetEndPoints()[0]), healToken);
        await _connection.DisposeAsync();
        return Evidence;
    }

    protected abstract Task InjectAsync(IServer server, IDatabase database, CancellationToken runToken);

    /// <summary>Nothing to do for what is over once it has happened.</summary>
    protected virtual Task HealAsync(IServer server, CancellationToken healToken) => Task.CompletedTask;
}
