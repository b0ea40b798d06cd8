namespace Harness.Target.Tests;

/// <summary>A whole order system for all tests of a class.</summary>
public sealed class RunningOrderSystem : IAsyncLifetime
{
    private readonly RedisServer _redis = new();

    public OrderSystem System { get; private set; } = null!;

    public async ValueTask InitializeAsync() => System = await OrderSystem.StartAsync(_redis);

    public async ValueTask DisposeAsync()
    {
        await System.DisposeAsync();
        _redis.Dispose();
    }
}
