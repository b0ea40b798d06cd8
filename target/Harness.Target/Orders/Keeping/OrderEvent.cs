using System.Text.Json;

namespace Harness.Target.Orders.Keeping;

/// <summary>Something that happened to an order.</summary>
/// <param name="OrderId">To which.</param>
/// <param name="Version">1 for the first, and one more for each that follows: the version of the order afterwards.</param>
/// <param name="Type">One of the constants here.</param>
/// <param name="Payload">What happened, as JSON; <c>{}</c> when the type says it all.</param>
public sealed record OrderEvent(string OrderId, long Version, string Type, string Payload)
{
    public const string Placed = "ORDER_PLACED";
    public const string Confirmed = "ORDER_CONFIRMED";
    public const string Cancelled = "ORDER_CANCELLED";

    private const string Nothing = "{}";

    /// <summary>The first of an order.</summary>
    public static OrderEvent OfPlacing(Order order) => new(
        order.Id, 1, Placed,
        JsonSerializer.Serialize(new OrderPlaced(order.IdempotencyKey, order.Customer, order.Sku, order.Quantity, order.AmountCents), TargetJson.Default.OrderPlaced));

    /// <summary>The one that follows on a state.</summary>
    /// <param name="order">The state.</param>
    /// <param name="status">What it becomes: <see cref="OrderBook.Confirmed"/> or <see cref="OrderBook.Cancelled"/>.</param>
    public static OrderEvent OfSettling(Order order, string status) => new(order.Id, order.Version + 1, status == OrderBook.Confirmed ? Confirmed : Cancelled, Nothing);

    /// <summary>The order after it.</summary>
    /// <param name="before">The order before it; null before the first.</param>
    /// <exception cref="InvalidOperationException">It cannot follow on that.</exception>
    public Order Apply(Order? before) => (before, Type) switch
    {
        (null, Placed) when Version == 1 => Place(),
        ({ Status: OrderBook.Pending }, Confirmed) when Version == before.Version + 1 => before with { Status = OrderBook.Confirmed, Version = Version },
        ({ Status: OrderBook.Pending }, Cancelled) when Version == before.Version + 1 => before with { Status = OrderBook.Cancelled, Version = Version },
        _ => throw new InvalidOperationException($"{Type} cannot be event {Version} of order {OrderId}, which is {before?.Status ?? "not placed"} at version {before?.Version ?? 0}."),
    };

    private Order Place()
    {
        OrderPlaced placed = JsonSerializer.Deserialize(Payload, TargetJson.Default.OrderPlaced)!;
        return new Order
        {
            Id = OrderId,
            IdempotencyKey = placed.IdempotencyKey,
            Customer = placed.Customer,
            Sku = placed.Sku,
            Quantity = placed.Quantity,
            AmountCents = placed.AmountCents,
        };
    }
}

/// <summary>What <see cref="OrderEvent.Placed"/> says.</summary>
public sealed record OrderPlaced(string IdempotencyKey, string Customer, string Sku, long Quantity, long AmountCents);
