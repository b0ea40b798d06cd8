using Harness.Target.Messaging;

namespace Harness.Target.Chaos.Bus;

/// <summary>A consumer that forgets some of what it takes while somebody wants that, and takes back poison whose time is over.</summary>
internal sealed class ChaosConsumer(IBusConsumer consumer, ChaosBoard board, Func<double, bool> hits) : IBusConsumer, IDisposable
{
    public async Task<IReadOnlyList<Delivery>> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var batch = await WithoutOldPoisonAsync(await consumer.ReceiveAsync(cancellationToken), cancellationToken);
            if (board.Find<DroppedMessages>(_ => true) is { Fault: DroppedMessages fault } held)
            {
                var kept = batch.Where(delivery => delivery.Redelivered || !hits(fault.Ratio)).ToList();
                held.Count("messages dropped", batch.Count - kept.Count);
                batch = kept;
            }

            if (batch.Count > 0)
                return batch;
        }
    }

    public Task AcknowledgeAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken) => consumer.AcknowledgeAsync(deliveries, cancellationToken);

    public void Postpone(Delivery delivery) => consumer.Postpone(delivery);

    public async Task<bool> RejectAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (!PoisonMessages.IsOurs(delivery))
            return await consumer.RejectAsync(delivery, cancellationToken);
        if (board.Find<PoisonMessages>(_ => true) is not { } held)
        {
            await consumer.AcknowledgeAsync([delivery], cancellationToken);
            return false;
        }

        var isDead = await consumer.RejectAsync(delivery, cancellationToken);
        if (isDead)
            held.Count("dead letters");
        return isDead;
    }

    public void Dispose() => (consumer as IDisposable)?.Dispose();

    private async Task<IReadOnlyList<Delivery>> WithoutOldPoisonAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellationToken)
    {
        if (!batch.Any(PoisonMessages.IsOurs) || board.Find<PoisonMessages>(_ => true) is not null)
            return batch;
        await consumer.AcknowledgeAsync([.. batch.Where(PoisonMessages.IsOurs)], cancellationToken);
        return [.. batch.Where(delivery => !PoisonMessages.IsOurs(delivery))];
    }
}
