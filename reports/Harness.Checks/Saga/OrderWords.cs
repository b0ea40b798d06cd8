namespace Harness.Checks.Saga;

/// <summary>The words that the order system and its clients use.</summary>
internal static class OrderWords
{
    public const string Pending = "PENDING";
    public const string Confirmed = "CONFIRMED";
    public const string Cancelled = "CANCELLED";

    public const string Captured = "CAPTURED";
    public const string Refunded = "REFUNDED";
    public const string Declined = "DECLINED";

    public const string Merchant = "merchant";
    public const string Charge = "charge";
    public const string Refund = "refund";

    public const string Restock = "restock";
    public const string Reserve = "reserve";
    public const string Release = "release";
    public const string Commit = "commit";

    public const string PlaceOrder = "place-order";
    public const string ReadOrder = "read-order";
    public const string ReuseKey = "reuse-key";
    public const string ReadProduct = "read-product";

    public static bool IsTerminal(string? status) => status is Confirmed or Cancelled;
}
