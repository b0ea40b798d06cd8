using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Requests;

namespace Harness.Target.Commands;

/// <summary>What a coordinator tells Inventory.</summary>
/// <param name="OrderId">The saga.</param>
/// <param name="Sku">The product.</param>
/// <param name="Quantity">How many, at least 1.</param>
public sealed record StockCommand(string OrderId, string Sku, long Quantity)
{
    internal static readonly BodyField[] Fields = [new("orderId"), new("sku"), new("quantity", 1, OrderRequest.QuantityMax)];

    /// <summary>Null when there are problems, which are in <paramref name="fields"/> then.</summary>
    internal static StockCommand? Read(RequestFields fields)
    {
        var command = new StockCommand(
            fields.Text("orderId", CommandKey.OrderIdWanted, CommandKey.IsOrderId),
            fields.Text("sku", $"a text of 1 to {OrderRequest.WordLengthMax} characters", text => text.Length is >= 1 and <= OrderRequest.WordLengthMax),
            fields.Whole("quantity", 1, OrderRequest.QuantityMax));
        return fields.IsSound ? command : null;
    }
}
