namespace Harness.Target.Messaging;

/// <summary>
/// The events of the choreographed saga, and who listens:
/// <code>
/// ORDER_CREATED ─▶ payments ─┬▶ PAYMENT_PROCESSED ─▶ inventory ─┬▶ INVENTORY_UPDATED ──▶ orders: CONFIRMED
///                            └▶ PAYMENT_DECLINED ──▶ orders     └▶ INVENTORY_REJECTED ─▶ payments ─▶ PAYMENT_REFUNDED ─▶ orders
///                                                    CANCELLED                                                           CANCELLED
/// </code>
/// ORDER_EXPIRED ─▶ inventory, from an order that waited too long: unless the stock was taken it is refused, and all goes on from INVENTORY_REJECTED.
/// </summary>
public static class MessageTypes
{
    public const string OrderCreated = "ORDER_CREATED";
    public const string PaymentProcessed = "PAYMENT_PROCESSED";
    public const string PaymentDeclined = "PAYMENT_DECLINED";
    public const string PaymentRefunded = "PAYMENT_REFUNDED";
    public const string OrderExpired = "ORDER_EXPIRED";
    public const string InventoryUpdated = "INVENTORY_UPDATED";
    public const string InventoryRejected = "INVENTORY_REJECTED";

    /// <summary>The one service that an event is for.</summary>
    /// <exception cref="ArgumentException">There is no such event.</exception>
    public static ServiceName ListenerOf(string type) => type switch
    {
        OrderCreated or InventoryRejected => ServiceName.Payments,
        PaymentProcessed or OrderExpired => ServiceName.Inventory,
        PaymentDeclined or PaymentRefunded or InventoryUpdated => ServiceName.Orders,
        _ => throw new ArgumentException($"Nobody listens to '{type}'.", nameof(type)),
    };
}
