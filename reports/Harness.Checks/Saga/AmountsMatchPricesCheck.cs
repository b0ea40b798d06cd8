using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Every order costs what its product costs: nobody changed a price on its way. Asked by name, of runs in which prices stay.</summary>
public sealed class AmountsMatchPricesCheck : SagaCheck, ICheck
{
    // The scenarios that change prices.
    private static readonly string[] Repricing = ["reprice"];

    public override string Name => "amounts-match-prices";

    public override string Question => "Does every order cost what its product costs?";

    public bool AskedByDefault => false;

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = audit.Orders is null || audit.Inventory is null ? "Orders or Inventory could not be asked."
            : record.Description.Load.Any(load => Repricing.Contains(load.Scenario)) ? "Prices were changed while orders were placed."
            : audit.Orders.Orders.Count == 0 ? "There is no order." : null;
        if (notJudged is not null)
            return "";
        Dictionary<string, long> prices = audit.Inventory!.Products.ToDictionary(product => product.Sku, product => product.PriceCents, StringComparer.Ordinal);
        foreach (AuditedOrder order in audit.Orders!.Orders)
        {
            if (!prices.TryGetValue(order.Sku, out long price))
                findings.Add($"Order {order.Id} is of product {order.Sku}, which does not exist.", order.Id);
            else if (order.AmountCents != price * order.Quantity)
                findings.Add($"Order {order.Id} of {order.Quantity} × {order.Sku} at {price} cents costs {order.AmountCents} cents, not {price * order.Quantity}.", order.Id);
        }

        numbers["orders"] = audit.Orders.Orders.Count;
        return $"{Plural.Of(audit.Orders.Orders.Count, "order")} cost what their products cost.";
    }
}
