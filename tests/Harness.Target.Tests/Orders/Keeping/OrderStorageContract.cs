using System.Data;
using Dapper;
using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Keeping;

/// <summary>What both ways of keeping orders do, on both databases.</summary>
public abstract class OrderStorageContract : IAsyncLifetime
{
    private IStore? _store;

    protected IStore Store => _store!;

    protected abstract IOrderStorage Storage { get; }

    protected static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        _store?.Dispose();
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Keeps_an_order_as_it_was_placed_and_begins_its_saga_once()
    {
        var (order, begun) = (New(1), 0);

        var (kept, isNew) = await Store.WriteAsync(connection => Storage.Place(connection, order, (_, _) => begun++), Ended);
        var again = await Store.WriteAsync(connection => Storage.Place(connection, New(2) with { IdempotencyKey = order.IdempotencyKey }, (_, _) => begun++), Ended);

        Assert.True(isNew);
        Assert.Equal(order, kept);
        Assert.Equal((order, false), again);
        Assert.Equal(1, begun);
        Assert.Equal(order, Store.Read(connection => OrderBook.Find(connection, order.Id)));
        Assert.Equal(order, Store.Read(connection => OrderBook.FindByKey(connection, order.IdempotencyKey)));
        Assert.Equal(1, Store.Read(OrderBook.CountPending));
    }

    [Theory]
    [InlineData(OrderBook.Confirmed, OrderBook.Cancelled)]
    [InlineData(OrderBook.Cancelled, OrderBook.Confirmed)]
    public async Task Ends_an_order_once_however_often_and_whatever_it_is_told(string first, string second)
    {
        var order = New(1);
        await PlaceAsync(order);

        Assert.True(await SettleAsync(order.Id, first));
        Assert.False(await SettleAsync(order.Id, second));
        Assert.False(await SettleAsync(order.Id, first));

        Assert.Equal(order with { Status = first, Version = 2 }, Store.Read(connection => OrderBook.Find(connection, order.Id)));
        Assert.Equal(0, Store.Read(OrderBook.CountPending));
    }

    [Fact]
    public async Task Of_many_who_end_it_at_once_one_does()
    {
        var order = New(1);
        await PlaceAsync(order);

        var did = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => SettleAsync(order.Id, number % 2 == 0 ? OrderBook.Confirmed : OrderBook.Cancelled)));

        Assert.Single(did, one => one);
    }

    [Fact]
    public async Task Ends_no_order_that_is_not_there() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => SettleAsync("nowhere", OrderBook.Confirmed));

    [Fact]
    public async Task What_fails_together_with_it_is_not_kept()
    {
        var order = New(1);

        await Assert.ThrowsAsync<ArithmeticException>(() => Store.WriteAsync<bool>(
            connection =>
            {
                Storage.Place(connection, order, (_, _) => { });
                Storage.Settle(connection, order.Id, OrderBook.Confirmed);
                throw new ArithmeticException();
            },
            Ended));

        Assert.Null(Store.Read(connection => OrderBook.Find(connection, order.Id)));
        Assert.True((await Store.WriteAsync(connection => Storage.Place(connection, order, (_, _) => { }), Ended)).IsNew);
    }

    protected abstract Task<IStore> OpenAsync();

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    protected static Order New(int number) => new()
    {
        Id = Order.NewId(TimeProvider.System), IdempotencyKey = $"key-{number}", Customer = "Ünsal \"quoted\"", Sku = "sku-0001", Quantity = number, AmountCents = 100,
    };

    protected Task<(Order Order, bool IsNew)> PlaceAsync(Order order) => Store.WriteAsync(connection => Storage.Place(connection, order, (_, _) => { }), Ended);

    protected Task<bool> SettleAsync(string id, string status) => Store.WriteAsync(connection => Storage.Settle(connection, id, status), Ended);

    protected Task<int> ExecuteAsync(string sql) => Store.WriteAsync(connection => connection.Execute(sql), Ended);
}
