using Harness.Target.Messaging;
using Harness.Target.Observability;
using StackExchange.Redis;

namespace Harness.Target.Inventory;

/// <summary>How an attempt to become the one loader of a product ended.</summary>
public enum LoadLockOutcome
{
    /// <summary>The lock was not to be had in time.</summary>
    GivenUp,

    /// <summary>We are the loader.</summary>
    Taken,

    /// <summary>Somebody else has loaded it meanwhile.</summary>
    FoundLoaded,
}

/// <summary>The lock that lets one process among many load a product: a key with a token of our own that expires by itself.</summary>
public sealed class LoadLock(RedisLink redis, TimeProvider time)
{
    // Longer than any load takes: it only matters when a loader dies.
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <summary>Takes the lock, or waits until its holder has loaded, for a second at most.</summary>
    /// <param name="lookAgain">Reads the cache; asked again after the lock is won, for its last holder may have loaded before letting go.</param>
    public async Task<Held> TakeAsync(string sku, Func<CancellationToken, Task<byte[]?>> lookAgain, Counter waits, CancellationToken cancellationToken)
    {
        RedisKey key = "lock:product:" + sku;
        RedisValue token = Guid.NewGuid().ToString("N");
        var deadline = time.GetTimestamp() + (long)(Patience.TotalSeconds * time.TimestampFrequency);
        for (var attempt = 0; time.GetTimestamp() < deadline; attempt++)
        {
            var taken = await redis.Database.LockTakeAsync(key, token, Expiry).WaitAsync(cancellationToken);
            if (await lookAgain(cancellationToken) is { } loaded)
                return new Held(LoadLockOutcome.FoundLoaded, loaded, taken ? () => ReleaseAsync(key, token) : null);
            if (taken)
                return new Held(LoadLockOutcome.Taken, null, () => ReleaseAsync(key, token));
            if (attempt == 0)
                waits.Add();
            await Task.Delay(Poll, time, cancellationToken);
        }

        return new Held(LoadLockOutcome.GivenUp, null, null);
    }

    /// <summary>Deletes the lock only while it is ours (compare and delete); one that has expired may be somebody else's by now.</summary>
    private async Task ReleaseAsync(RedisKey key, RedisValue token)
    {
        try
        {
            await redis.Database.LockReleaseAsync(key, token);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            // It expires by itself; those who wait for it give up sooner and read the database.
            return;
        }
    }

    /// <summary>How it went; disposing lets go of the lock.</summary>
    public sealed class Held(LoadLockOutcome outcome, byte[]? value, Func<Task>? release) : IAsyncDisposable
    {
        public LoadLockOutcome Outcome => outcome;

        /// <summary>With <see cref="LoadLockOutcome.FoundLoaded"/>: what the other has loaded.</summary>
        public byte[]? Value => value;

        public async ValueTask DisposeAsync()
        {
            if (release is not null)
                await release();
        }
    }
}
