using Harness.Target.Payments;
using Harness.Target.Resilience;

namespace Harness.Target.Orders.Sagas;

/// <summary>Commands over the edges <c>orders -> payments</c> and <c>orders -> inventory</c>.</summary>
internal sealed class HttpSagaCommands(EdgeClient payments, EdgeClient inventory) : ISagaCommands, IDisposable
{
    // Under way at once; what waits for its next try holds no place.
    private const int CommandsMax = 64;
    private readonly SemaphoreSlim _places = new(CommandsMax);

    public async Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await CommandAsync(saga, cancellationToken);
        }
        finally
        {
            _places.Release();
        }
    }

    public Task ReachAsync(CancellationToken cancellationToken) => payments.ReachAsync(cancellationToken);

    public void Dispose() => _places.Dispose();

    private Task<bool> CommandAsync(Saga saga, CancellationToken cancellationToken)
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
                ? await payments.CommandAsync(path, order.Id, step, order.ToMoneyCommand(), TargetJson.Default.MoneyCommand, cancellationToken)
                : await inventory.CommandAsync(path, order.Id, step, order.ToStockCommand(), TargetJson.Default.StockCommand, cancellationToken);
            return wanted is null || status == wanted;
        }
    }
}
