using Harness.Target.Storage;
using StackExchange.Redis;

namespace Harness.Target.Messaging;

/// <summary>Whether a service still has something to do; asked often while a harness waits for the system to settle.</summary>
/// <param name="AtRest">True when the three others are all 0.</param>
/// <param name="Pending">Sagas that this service started and that have not ended; in Inventory, products whose price waits in a cache that writes back.</param>
/// <param name="Unpublished">Outbox rows not yet on the bus.</param>
/// <param name="Undelivered">Messages waiting for or held by this service; -1 when the bus cannot be asked.</param>
public sealed record RestState(bool AtRest, long Pending, long Unpublished, long Undelivered);

/// <summary>What a service's messaging still holds; all zero at rest.</summary>
/// <param name="Unpublished">Outbox rows not yet on the bus.</param>
/// <param name="Undelivered">Messages waiting for or held by this service; -1 when the bus cannot be asked.</param>
/// <param name="DeadLetters">Messages given up on; -1 when the bus cannot be asked.</param>
public sealed record BusAudit(long Unpublished, long Undelivered, long DeadLetters);

/// <summary>Asks the store and the bus how much is on its way.</summary>
public sealed class BusInspector(ServiceName service, IBus bus)
{
    /// <summary>Never throws for a bus that is away: not knowing is an answer, and it is not "at rest".</summary>
    public async Task<BusCounts> CountAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await bus.CountAsync(service, cancellationToken);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return new BusCounts(-1, -1);
        }
    }

    /// <param name="pending">Counts the service's unfinished sagas in the same snapshot.</param>
    public async Task<RestState> RestAsync(IStore store, Func<System.Data.IDbConnection, long> pending, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(cancellationToken);
        var (unfinished, unpublished) = store.Read(connection => (pending(connection), Outbox.Count(connection)));
        return new RestState(unfinished == 0 && unpublished == 0 && counts.Undelivered == 0, unfinished, unpublished, counts.Undelivered);
    }
}
