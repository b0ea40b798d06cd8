using Harness.Target.Commands;

namespace Harness.Target.Payments;

/// <summary>Payments' part under a coordinator: it charges and refunds when it is told to, and answers how the payment stands.</summary>
internal sealed class PaymentsCommands(PaymentBook book, CommandEndpoint endpoint)
{
    public void Map(WebApplication app)
    {
        Map(app, "/charges", "charge", (connection, command) => book.Charge(connection, command.OrderId, command.Customer, command.AmountCents));
        Map(app, "/refunds", "refund", (connection, command) => book.Refund(connection, command.OrderId, command.Customer, command.AmountCents));
    }

    private void Map(WebApplication app, string path, string step, Action<System.Data.IDbConnection, MoneyCommand> effect) =>
        endpoint.Map(app, path, step, MoneyCommand.Fields, MoneyCommand.Read, command => command.OrderId,
            (_, _) => Task.FromResult(0), (connection, command, _) => effect(connection, command),
            (connection, command) => PaymentBook.Find(connection, command.OrderId) ?? throw new InvalidOperationException("A charge or refund decides every payment."));
}
