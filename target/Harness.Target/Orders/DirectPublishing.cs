using Harness.Target.Messaging;

namespace Harness.Target.Orders;

/// <summary>Tells the bus of a new order past the outbox, which is wrong after the commit (<see cref="Bug.OutboxSkipped"/>) as well as before it
/// (<see cref="Bug.PublishedBeforeCommit"/>).</summary>
public sealed class DirectPublishing(IBus bus, ServiceOptions options, ILogger<DirectPublishing> logger)
{
    /// <summary>Whether nothing is to be written to the outbox.</summary>
    public bool ReplacesOutbox => options.Bug is Bug.OutboxSkipped or Bug.PublishedBeforeCommit;

    /// <summary>Publishes when that is the bug; what the bus does not take then stops the order.</summary>
    public Task BeforeCommitAsync(Order order, CancellationToken cancellationToken) => options.Bug == Bug.PublishedBeforeCommit
        ? bus.PublishAsync([order.ToMessage(MessageTypes.OrderCreated)], cancellationToken)
        : Task.CompletedTask;

    /// <summary>Publishes when that is the bug; what the bus does not take then is lost.</summary>
    public void AfterCommit(Order order)
    {
        if (options.Bug == Bug.OutboxSkipped)
            _ = PublishAsync(order);
    }

    private async Task PublishAsync(Order order)
    {
        try
        {
            await bus.PublishAsync([order.ToMessage(MessageTypes.OrderCreated)], CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning("Order {OrderId} was not told: {Problem}", order.Id, e.Message);
        }
    }
}
