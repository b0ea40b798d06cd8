using Harness.Target.Messaging;

namespace Harness.Target.Payments;

/// <summary>Payments' part of the choreography: it charges for a new order, and refunds when the stock was short.</summary>
public sealed class PaymentsChoreography(Journaled journaled, PaymentBook book, ILogger<PaymentsChoreography> logger) : IMessageHandler
{
    public async Task HandleAsync(Message message, CancellationToken cancellationToken)
    {
        await journaled.ApplyAsync(message, connection =>
        {
            if (message.Type == MessageTypes.OrderCreated)
            {
                return book.Charge(connection, message.OrderId, message.Customer, message.AmountCents) is { } paid
                    ? message with { Type = paid ? MessageTypes.PaymentProcessed : MessageTypes.PaymentDeclined }
                    : null;
            }

            book.Refund(connection, message.OrderId, message.Customer, message.AmountCents);
            return message with { Type = MessageTypes.PaymentRefunded };
        }, cancellationToken);
        logger.LogDebug("Order {OrderId}: {Type} is booked.", message.OrderId, message.Type);
    }
}
