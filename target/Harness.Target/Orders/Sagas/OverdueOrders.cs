using Harness.Target.Messaging;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Sagas;

/// <summary>
/// Gives up choreographed orders that waited longer than their deadline, by telling Inventory, once each. It is Inventory that decides, because
/// it alone knows whether the order is sold: if it is, the order is confirmed after all; if not, it never will be, and it is refunded and
/// cancelled from there. So a success that comes late meets a decision, whichever way round they come.
/// </summary>
/// <remarks>When an order was placed is in its id and that it was told is in the database, so a restart neither forgets a deadline nor begins it anew.</remarks>
internal sealed class OverdueOrders(IStore store, IOrderStorage storage, OutboxPublisher publisher, SagaEnds ends, ServiceOptions options, TimeProvider time, ILogger<OverdueOrders> logger)
    : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await ExpireAsync(stoppingToken) > 0)
                    publisher.Wake();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Overdue orders cannot be looked for: {Problem}", e.Message);
            }

            await Task.Delay(LookEvery, time, stoppingToken);
        }
    }

    /// <summary>Tells a batch of them, and how many those were.</summary>
    private async Task<int> ExpireAsync(CancellationToken cancellationToken)
    {
        var overdue = store.ReadOne(connection => OrderBook.Overdue(connection, Order.IdAt(time.GetUtcNow() - options.SagaDeadline)));
        if (overdue.Count == 0)
            return 0;
        await store.WriteAsync(connection =>
        {
            if (options.Bug == Bug.DeadlineRacesLateSuccess)
                return overdue.Count(order => storage.Settle(connection, order.Id, OrderBook.Cancelled));
            foreach (var message in overdue.Select(order => order.ToMessage(MessageTypes.OrderExpired)).Where(message => Inbox.TryRecord(connection, message)))
                Outbox.Add(connection, message);
            return 0;
        }, cancellationToken);
        ends.Expired.Add(overdue.Count);
        logger.LogWarning("{Count} orders have waited too long, the first is {OrderId}.", overdue.Count, overdue[0].Id);
        return overdue.Count;
    }
}
