using System.Collections.Concurrent;
using System.Data;
using Harness.Target.Commands;
using Harness.Target.Inventory;
using Harness.Target.Messaging;
using Harness.Target.Orders.Sagas;
using Harness.Target.Payments;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>Payments and Inventory on their real books, behind a network that does to each command what <paramref name="next"/> says.</summary>
internal sealed class HostileServices(IStore payments, IStore inventory, Func<Mishap> next) : ISagaCommands
{
    private readonly PaymentBook _book = new(Bug.None);
    private readonly ConcurrentQueue<Saga> _late = new();

    /// <summary>Called when Orders is to die.</summary>
    public Action Crash { get; set; } = () => { };

    public async Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken)
    {
        var mishap = next();
        if (mishap == Mishap.Delayed)
            _late.Enqueue(saga);
        if (mishap == Mishap.CrashBefore)
            Crash();
        if (mishap is Mishap.RequestLost or Mishap.Delayed or Mishap.CrashBefore)
            throw new IOException($"{mishap}");
        var succeeded = await ActAsync(saga);
        if (mishap == Mishap.Twice)
            Assert.Equal(succeeded, await ActAsync(saga));
        if (mishap == Mishap.CrashAfter)
            Crash();
        return mishap is Mishap.ReplyLost or Mishap.CrashAfter ? throw new IOException($"{mishap}") : succeeded;
    }

    public Task ReachAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was delayed arrives now.</summary>
    public async Task DeliverLateAsync()
    {
        while (_late.TryDequeue(out var saga))
            await ActAsync(saga);
    }

    private Task<bool> ActAsync(Saga saga)
    {
        var order = saga.Order;
        return saga.Step switch
        {
            SagaStep.Charging => OnceAsync(payments, "charge", c => _book.Charge(c, order.Id, order.Customer, order.AmountCents), c => PaymentBook.Find(c, order.Id) == PaymentBook.Captured),
            SagaStep.Refunding => OnceAsync(payments, "refund", c => _book.Refund(c, order.Id, order.Customer, order.AmountCents), _ => true),
            SagaStep.Reserving => OnceAsync(inventory, "reserve", c => Shelf.Reserve(c, order.Id, order.Sku, order.Quantity), c => Shelf.StatusOf(c, order.Id) == "RESERVED"),
            SagaStep.Selling => OnceAsync(inventory, "sell", c => Shelf.Sell(c, order.Id, order.Sku, order.Quantity), _ => true),
            _ => OnceAsync(inventory, "release", c => Shelf.Release(c, order.Id, order.Sku, order.Quantity), _ => true),
        };

        Task<bool> OnceAsync(IStore store, string step, Action<IDbConnection> effect, Func<IDbConnection, bool> answer) => store.WriteAsync(connection =>
        {
            if (Inbox.TryRecord(connection, CommandKey.Of(order.Id, step)))
                effect(connection);
            return answer(connection);
        }, CancellationToken.None);
    }
}

/// <summary>What can happen to a command.</summary>
internal enum Mishap
{
    None,
    RequestLost,
    ReplyLost,
    Twice,
    Delayed,
    CrashBefore,
    CrashAfter,
}
