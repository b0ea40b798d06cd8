using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Requests;

namespace Harness.Target.Commands;

/// <summary>What a coordinator tells Payments.</summary>
/// <param name="OrderId">The saga.</param>
/// <param name="Customer">Whose account pays or is paid back.</param>
/// <param name="AmountCents">The whole amount, not negative.</param>
public sealed record MoneyCommand(string OrderId, string Customer, long AmountCents)
{
    internal static readonly BodyField[] Fields = [new("orderId"), new("customer"), new("amountCents", 0, long.MaxValue)];

    /// <summary>Null when there are problems, which are in <paramref name="fields"/> then.</summary>
    internal static MoneyCommand? Read(RequestFields fields)
    {
        var command = new MoneyCommand(
            fields.Text("orderId", CommandKey.OrderIdWanted, CommandKey.IsOrderId),
            fields.Text("customer", $"a text of 1 to {OrderRequest.WordLengthMax} characters", text => text.Length is >= 1 and <= OrderRequest.WordLengthMax),
            fields.Whole("amountCents", 0, long.MaxValue));
        return fields.IsSound ? command : null;
    }
}
