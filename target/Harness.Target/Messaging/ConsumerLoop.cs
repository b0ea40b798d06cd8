using Harness.Target.Storage;

namespace Harness.Target.Messaging;

/// <summary>Takes messages from the bus, has them handled, and lets go of them once their effects are committed.</summary>
/// <param name="acknowledgesLate">True plants the defect of forgetting every tenth acknowledgement, so that the message comes again.</param>
public sealed class ConsumerLoop(
    IBusConsumer consumer, IMessageHandler handler, BusMetrics metrics, TimeProvider time, ILogger<ConsumerLoop> logger, bool acknowledgesLate = false)
    : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);
    private long _received;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var away = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await HandleBatchAsync(await consumer.ReceiveAsync(stoppingToken), stoppingToken);
                if (away)
                    logger.LogWarning("The bus delivers again.");
                away = false;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (!away)
                    logger.LogWarning("The bus does not deliver: {Problem}", e.Message);
                away = true;
                await Task.Delay(RetryEvery, time, stoppingToken);
            }
        }
    }

    private async Task HandleBatchAsync(IReadOnlyList<Delivery> batch, CancellationToken cancellationToken)
    {
        var redelivered = batch.Count(delivery => delivery.Redelivered);
        metrics.Received.Add(batch.Count);
        metrics.Redelivered.Add(redelivered);
        if (redelivered > 0)
            logger.LogWarning("{Count} messages come again, the first for order {OrderId}.", redelivered, batch.First(delivery => delivery.Redelivered).Message?.OrderId);

        // All at once, so that the store can put them into one commit.
        var handled = await Task.WhenAll(batch.Select(delivery => TryHandleAsync(delivery, cancellationToken)));
        await consumer.AcknowledgeAsync([.. batch.Where((delivery, i) => handled[i] == Handling.Done && !IsForgotten(delivery))], cancellationToken);
        // A store that is away for long must not make dead letters of what it could handle when it is back.
        foreach (var early in batch.Where((_, i) => handled[i] == Handling.NotNow))
            consumer.Postpone(early);
        foreach (var failed in batch.Where((_, i) => handled[i] == Handling.Failed))
        {
            if (await consumer.RejectAsync(failed, cancellationToken))
                logger.LogWarning("Dead letter, order {OrderId}: {Body}", failed.Message?.OrderId, failed.Body);
        }
    }

    private async Task<Handling> TryHandleAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Message is not { } message)
            return Handling.Failed;
        using var activity = BusTracing.Handling(message);
        try
        {
            await handler.HandleAsync(message, cancellationToken);
            return Handling.Done;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(System.Diagnostics.ActivityStatusCode.Error, e.Message);
            logger.LogWarning("{Type} of order {OrderId} was not handled: {Problem}", message.Type, message.OrderId, e.Message);
            return PassingFailure.Is(e) ? Handling.NotNow : Handling.Failed;
        }
    }

    private bool IsForgotten(Delivery delivery) => acknowledgesLate && !delivery.Redelivered && ++_received % 10 == 0;

    private enum Handling
    {
        Failed,
        NotNow,
        Done,
    }
}
