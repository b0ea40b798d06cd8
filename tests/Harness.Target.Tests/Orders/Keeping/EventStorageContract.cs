using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;

namespace Harness.Target.Tests.Orders.Keeping;

/// <summary>What keeping events does beyond keeping states, on both databases.</summary>
public abstract class EventStorageContract : OrderStorageContract
{
    protected override IOrderStorage Storage { get; } = new EventStorage();

    [Fact]
    public async Task Of_two_events_that_follow_on_the_same_state_one_is_appended()
    {
        var order = New(1);
        await PlaceAsync(order);

        var first = await Store.WriteAsync(connection => OrderEvents.TryAppend(connection, OrderEvent.OfSettling(order, OrderBook.Confirmed)), Ended);
        var second = await Store.WriteAsync(connection => OrderEvents.TryAppend(connection, OrderEvent.OfSettling(order, OrderBook.Cancelled)), Ended);

        Assert.Equal((true, false), (first, second));
        Assert.Equal(order with { Status = OrderBook.Confirmed, Version = 2 }, Store.Read(connection => OrderEvents.Replay(connection, order.Id)));
    }

    [Fact]
    public async Task A_projection_that_was_damaged_is_found_and_made_anew()
    {
        Order[] orders = [New(1), New(2), New(3)];
        foreach (var order in orders)
            await PlaceAsync(order);
        await SettleAsync(orders[0].Id, OrderBook.Confirmed);
        Assert.Equal(new ProjectionReport(3, 4, 0, 0, 0), Store.Read(Projection.Compare));
        var before = Store.Read(OrderBook.Audit).Orders;

        await ExecuteAsync($"UPDATE orders SET status = 'CANCELLED' WHERE id = '{orders[0].Id}'");
        await ExecuteAsync($"DELETE FROM orders WHERE id = '{orders[2].Id}'");
        await ExecuteAsync("INSERT INTO orders (id, idempotency_key, customer, sku, quantity, amount_cents, status, version) VALUES ('ghost', 'key-3', 'c', 's', 1, 1, 'PENDING', 1)");

        Assert.Equal(new ProjectionReport(3, 4, 1, 1, 1), Store.Read(Projection.Compare));
        Assert.Equal(new ProjectionReport(3, 4, 1, 1, 1), await Store.WriteAsync(Projection.Rebuild, Ended));
        Assert.True(Store.Read(Projection.Compare).Agrees);
        Assert.Equal(before, Store.Read(OrderBook.Audit).Orders);
    }

    [Fact]
    public async Task Orders_that_were_kept_as_states_become_events_with_what_came_of_them()
    {
        var states = new StateStorage();
        Order[] orders = [New(1), New(2)];
        await Store.WriteAsync(connection => orders.Count(order => states.Place(connection, order, (_, _) => { }).IsNew), Ended);
        await Store.WriteAsync(connection => states.Settle(connection, orders[0].Id, OrderBook.Cancelled), Ended);
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.WriteAsync(Projection.Rebuild, Ended));

        await AdoptAsync();
        await AdoptAsync();
        Assert.Equal(new ProjectionReport(2, 3, 0, 0, 0), Store.Read(Projection.Compare));

        // Kept as states again for a while.
        await Store.WriteAsync(connection => states.Settle(connection, orders[1].Id, OrderBook.Confirmed), Ended);
        await AdoptAsync();
        Assert.Equal(new ProjectionReport(2, 4, 0, 0, 0), Store.Read(Projection.Compare));
        Assert.False(await SettleAsync(orders[1].Id, OrderBook.Cancelled));
    }

    [Fact]
    public async Task Ten_thousand_events_are_replayed()
    {
        const int Orders = 5_000;
        await Store.WriteAsync(
            connection =>
            {
                for (var number = 1; number <= Orders; number++)
                {
                    var order = New(number);
                    OrderEvents.TryAppend(connection, OrderEvent.OfPlacing(order), order.IdempotencyKey);
                    OrderEvents.TryAppend(connection, OrderEvent.OfSettling(order, OrderBook.Confirmed));
                }

                return 0;
            },
            Ended);

        var (orders, events) = Store.Read(OrderEvents.ReplayAll);

        Assert.Equal((Orders, 2L * Orders), (orders.Count, events));
        Assert.All(orders.Values, order => Assert.Equal((OrderBook.Confirmed, 2L), (order.Status, order.Version)));
    }

    private Task<int> AdoptAsync() => Store.WriteAsync(
        connection =>
        {
            Projection.AdoptState(connection);
            return 0;
        },
        Ended);
}
