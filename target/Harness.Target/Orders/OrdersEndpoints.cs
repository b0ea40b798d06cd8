using Harness.Target.Admission;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders.Keeping;
using Harness.Target.Orders.Sagas;
using Harness.Target.Requests;
using Harness.Target.Storage;

namespace Harness.Target.Orders;

/// <summary>Placing an order and asking after it.</summary>
public sealed class OrdersEndpoints(IStore store, IOrderStorage storage, PriceClient prices, ISagaStyle sagas, MetricRegistry metrics, PlacingGate gate, CutGate cut, Backlog backlog, TimeProvider time,
    ServiceOptions options, DirectPublishing direct, ILogger<OrdersEndpoints> logger)
{
    // How long Bug.AcknowledgedBeforeDurable gathers orders for one commit.
    private static readonly TimeSpan LaterBy = TimeSpan.FromMilliseconds(150);
    private readonly Counter _placed = metrics.Counter("orders_placed_total", "New orders that were accepted.");

    public void Map(WebApplication app, BusInspector bus)
    {
        metrics.Gauge("saga_pending", "Orders whose saga has not ended.", () => store.Read(OrderBook.CountPending));
        app.MapPost("/orders", (Delegate)((HttpContext context) => gate.EnterAsync(context, PlaceAsync)))
            .WithMetadata(new BodyShape(new BodyField("customer"), new BodyField("sku"), new BodyField("quantity", 1, OrderRequest.QuantityMax)), new IdempotencyKeyHeader())
            .Produces<AcceptedOrder>(StatusCodes.Status202Accepted);
        app.MapGet("/orders/{id}", (string id) => store.ReadOne(connection => Find(connection, id)) is { } order
            ? Results.Json(order.ToView(), TargetJson.Default.OrderView)
            : Results.Problem(statusCode: 404, detail: "There is no such order.")).Produces<OrderView>();
        app.MapGet("/audit", async (CancellationToken cancellationToken) =>
        {
            var counts = await bus.CountAsync(cancellationToken);
            var (orders, unpublished, projection) = store.Read(connection =>
            {
                var (all, waiting) = OrderBook.Audit(connection);
                return (all, waiting, options.Storage == OrderStorage.Events ? Projection.Compare(connection) : null);
            });
            return Results.Json(new OrdersAudit(orders, new BusAudit(unpublished, counts.Undelivered, counts.DeadLetters), projection), TargetJson.Default.OrdersAudit);
        });
        app.MapGet("/audit/rest", async (CancellationToken cancellationToken) =>
            Results.Json(await bus.RestAsync(store, OrderBook.CountPending, cancellationToken), TargetJson.Default.RestState));
    }

    private async Task<IResult> PlaceAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        using var fields = await RequestFields.ReadAsync(context.Request, OrderRequest.Example, cancellationToken);
        var keys = context.Request.Headers[OrderRequest.KeyHeader];
        if (OrderRequest.Read(fields, keys) is not { } request)
            return fields.ToResult();
        var key = keys.ToString();
        // Before the price is asked: a repeated request is answered even while Inventory is away.
        if (store.ReadOne(connection => OrderBook.FindByKey(connection, key)) is { } earlier)
            return Answer(context, earlier, request);
        if (cut.Refusal(context) is { } refusal)
            return refusal;
        if (await prices.AskAsync(request.Sku, cancellationToken) is not { } priceCents)
        {
            fields.Add("sku", $"There is no product {RequestFields.Quote(request.Sku)}; GET /products of Inventory lists them.");
            return fields.ToResult();
        }

        var (order, isNew) = await PlaceAsync(request, key, priceCents, cancellationToken);
        System.Diagnostics.Activity.Current?.SetTag(BusTracing.OrderId, order.Id);
        if (isNew)
        {
            sagas.Begun(order);
            _placed.Add();
            backlog.Placed();
            logger.LogDebug("Order {OrderId} is PENDING.", order.Id);
        }

        return Answer(context, order, request);
    }

    private async Task<(Order Order, bool IsNew)> PlaceAsync(OrderRequest request, string key, long priceCents, CancellationToken cancellationToken)
    {
        var order = new Order
        {
            Id = Order.NewId(time),
            IdempotencyKey = key,
            Customer = request.Customer,
            Sku = request.Sku,
            Quantity = request.Quantity,
            AmountCents = checked(priceCents * request.Quantity),
        };
        await direct.BeforeCommitAsync(order, cancellationToken);
        if (options.Bug != Bug.AcknowledgedBeforeDurable)
            return await WriteAsync(order);
        _ = WriteLaterAsync(order);
        return (order, true);
    }

    /// <remarks>No token: a client that leaves takes no order back, and then nobody would get its saga going.</remarks>
    private Task<(Order Order, bool IsNew)> WriteAsync(Order order) =>
        store.WriteAsync(connection => storage.Place(connection, order, sagas.Begin), CancellationToken.None);

    private async Task WriteLaterAsync(Order order)
    {
        await Task.Delay(LaterBy, time);
        await WriteAsync(order);
        sagas.Begun(order);
    }

    private Order? Find(System.Data.IDbConnection connection, string id)
    {
        var order = OrderBook.Find(connection, id);
        return options is { Bug: Bug.DirtyReadShown, Coordination: Coordination.Orchestration } && order is { Status: OrderBook.Pending }
            && SagaLog.Find(connection, id).Step is SagaStep.Reserving or SagaStep.Selling
            ? order with { Status = OrderBook.Confirmed }
            : order;
    }

    private IResult Answer(HttpContext context, Order order, OrderRequest request)
    {
        if (!order.Answers(request) && options.Bug != Bug.IdempotencyKeyIgnoresBody)
            return Results.Problem(statusCode: 409, detail: $"This {OrderRequest.KeyHeader} was used for another order, {order.Id}: another body needs another key.");
        context.Response.Headers.Location = $"/orders/{order.Id}";
        return Results.Json(new AcceptedOrder(order.Id, OrderBook.Pending), TargetJson.Default.AcceptedOrder, statusCode: 202);
    }
}
