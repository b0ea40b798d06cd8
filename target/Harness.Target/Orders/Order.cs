using System.Text.Json.Serialization;
using Harness.Target.Commands;
using Harness.Target.Messaging;

namespace Harness.Target.Orders;

/// <summary>An order as Orders keeps it.</summary>
public sealed record Order
{
    public required string Id { get; init; }
    public required string IdempotencyKey { get; init; }
    public required string Customer { get; init; }
    public required string Sku { get; init; }
    public required long Quantity { get; init; }
    public required long AmountCents { get; init; }
    public string Status { get; init; } = OrderBook.Pending;

    /// <value>1 at first; rises with every change of <see cref="Status"/>.</value>
    public long Version { get; init; } = 1;

    /// <summary>Whether this is what <paramref name="request"/> asked for.</summary>
    public bool Answers(OrderRequest request) => (Customer, Sku, Quantity) == (request.Customer, request.Sku, (long)request.Quantity);

    /// <summary>When it was placed, to the millisecond, which its id begins with: so this outlives every process.</summary>
    public DateTimeOffset PlacedAt => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(Id[..12], 16));

    /// <summary>An id for an order that is placed now; ids rise with time (RFC 9562, version 7).</summary>
    public static string NewId(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow()).ToString("N");

    /// <summary>Less than the id of every order that is placed from a moment on, and more than that of every earlier one.</summary>
    public static string IdAt(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds().ToString("x12", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An event of its saga.</summary>
    /// <param name="type">One of <see cref="MessageTypes"/>.</param>
    public Message ToMessage(string type) => new(type, Id, Customer, Sku, Quantity, AmountCents);

    /// <summary>What Payments is told about it.</summary>
    public MoneyCommand ToMoneyCommand() => new(Id, Customer, AmountCents);

    /// <summary>What Inventory is told about it.</summary>
    public StockCommand ToStockCommand() => new(Id, Sku, Quantity);

    public OrderView ToView() => new(Id, Status, Sku, Quantity, AmountCents, Version);
}

/// <summary>The answer to <c>POST /orders</c>: the state at that moment, so that it is the same each time the key is used.</summary>
public sealed record AcceptedOrder(string Id, string Status);

/// <summary>The answer to <c>GET /orders/{id}</c>.</summary>
public sealed record OrderView(string Id, string Status, string Sku, long Quantity, long AmountCents, long Version);

/// <summary>What Orders shows to an auditor, from one snapshot.</summary>
/// <param name="Orders">All of them, as they are read.</param>
/// <param name="Bus">What waits.</param>
/// <param name="Projection">What replaying all events found in them; null when they are no projection.</param>
public sealed record OrdersAudit(
    IReadOnlyList<AuditedOrder> Orders, BusAudit Bus, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Keeping.ProjectionReport? Projection = null);

/// <summary>A line of <see cref="OrdersAudit"/>.</summary>
public sealed record AuditedOrder(string Id, string IdempotencyKey, string Sku, long Quantity, long AmountCents, string Status);
