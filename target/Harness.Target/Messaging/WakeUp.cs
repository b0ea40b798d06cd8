using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>Ends a consumer's wait when something was published. It may miss a hint, so whoever waits looks again by itself after a while.</summary>
internal sealed class WakeUp(RedisLink redis, RedisChannel channel) : IDisposable
{
    private readonly SemaphoreSlim _hint = new(0, 1);
    private bool _subscribed;

    /// <summary>Asks the server for hints, once.</summary>
    public async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (_subscribed)
            return;
        await redis.Subscriber.SubscribeAsync(channel, (_, _) => Hint()).WaitAsync(cancellationToken);
        _subscribed = true; // The client subscribes again by itself whenever it reconnects.
    }

    /// <summary>Waits for a hint, and not longer than <paramref name="longest"/>.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) => _hint.WaitAsync(longest, cancellationToken);

    public void Dispose() => _hint.Dispose();

    private void Hint()
    {
        // Two hints at once may both see 0; the second one is then one too many and is dropped.
        lock (_hint)
        {
            if (_hint.CurrentCount == 0)
                _hint.Release();
        }
    }
}
