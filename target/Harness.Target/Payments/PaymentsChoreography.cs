using System.Data;
using Harness.Target.Messaging;

namespace Harness.Target.Payments;

/// <summary>Payments' part of the choreography: it charges for a new order, and refunds when the stock was short.</summary>
public sealed class PaymentsChoreography(Journaled journaled, PaymentBook book, ILogger<PaymentsChoreography> logger) : IMessageHandler
{
    public async Task HandleAsync(Message message, CancellationToken cancellationToken)
    {
        await journaled.ApplyAsync(message, connection => message.Type switch
        {
            MessageTypes.OrderCreated => Charge(connection, message),
            MessageTypes.InventoryRejected => Refund(connection, message),
            _ => throw new UnexpectedMessageException(message),
        }, cancellationToken);
        logger.LogDebug("Order {OrderId}: {Type} is booked.", message.OrderId, message.Type);
    }

    private Message? Charge(IDbConnection connection, Message message) =>
        book.Charge(connection, message.OrderId, message.Customer, message.AmountCents) is { } paid
            ? message with { Type = paid ? MessageTypes.PaymentProcessed : MessageTypes.PaymentDeclined }
            : null;

    private Message Refund(IDbConnection connection, Message message)
    {
        book.Refund(connection, message.OrderId, message.Customer, message.AmountCents);
        return message with { Type = MessageTypes.PaymentRefunded };
    }
}
