using Harness.Target.Observability;
using Harness.Target.Requests;

namespace Harness.Target.Commands;

/// <summary>What the coordinator of a two-phase commit has decided about a transaction; the path says what.</summary>
/// <param name="OrderId">The transaction is the order's.</param>
public sealed record DecisionCommand(string OrderId)
{
    internal static readonly BodyField[] Fields = [new("orderId")];

    /// <summary>Null when there are problems, which are in <paramref name="fields"/> then.</summary>
    internal static DecisionCommand? Read(RequestFields fields)
    {
        var command = new DecisionCommand(fields.Text("orderId", CommandKey.OrderIdWanted, CommandKey.IsOrderId));
        return fields.IsSound ? command : null;
    }
}
