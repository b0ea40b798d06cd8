using Harness.Target.Commands;
using Harness.Target.Payments;
using Harness.Target.Resilience;

namespace Harness.Target.Orders.Sagas;

/// <summary>Commands over the edges <c>orders -> payments</c> and <c>orders -> inventory</c>.</summary>
internal sealed class HttpSagaCommands(EdgeClient payments, EdgeClient inventory, Bug bug = Bug.None) : ISagaCommands
{
    public Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken)
    {
        var order = saga.Order;
        return saga.Step switch
        {
            SagaStep.Charging => SendAsync("/charges", "charge", PaymentBook.Captured),
            SagaStep.Reserving => SendAsync("/reservations", "reserve", "RESERVED"),
            SagaStep.Selling => SendAsync("/sales", "sell", null),
            SagaStep.Releasing => SendAsync("/releases", "release", null),
            SagaStep.Refunding => SendAsync("/refunds", "refund", null),
            _ => throw new InvalidOperationException($"There is nothing to do at {saga.Step}."),
        };

        async Task<bool> SendAsync(string path, string step, string? wanted)
        {
            var status = saga.Step is SagaStep.Charging or SagaStep.Refunding
                ? await payments.CommandAsync(path, order.Id, step, order.ToMoneyCommand(), TargetJson.Default.MoneyCommand, cancellationToken, OwnKey(step))
                : await inventory.CommandAsync(path, order.Id, step, order.ToStockCommand(), TargetJson.Default.StockCommand, cancellationToken);
            return wanted is null || status == wanted;
        }
    }

    public Task ReachAsync(CancellationToken cancellationToken) => payments.ReachAsync(cancellationToken);

    /// <summary>Null for the key of the order and the step; with <see cref="Bug.ChargeRetriedWithoutKey"/> a new one for each try.</summary>
    private Func<string>? OwnKey(string step) => bug == Bug.ChargeRetriedWithoutKey ? () => CommandKey.Of(Guid.NewGuid().ToString("N"), step) : null;
}
