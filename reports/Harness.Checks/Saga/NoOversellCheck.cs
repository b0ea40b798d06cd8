using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Replays the inventory's journal: at no moment was more promised or sold than there was.</summary>
public sealed class NoOversellCheck : SagaCheck
{
    public override string Name => "no-oversell";

    public override string Question => "Was every unit that was promised or sold there to be sold, at every moment?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = audit.Inventory is null ? "Inventory could not be asked." : Rest.WhyNot(record, audit);
        if (audit.Inventory is not { } inventory)
            return "";

        var shelves = new Dictionary<string, Shelf>(StringComparer.Ordinal);
        foreach (AuditedProduct product in inventory.Products)
            shelves[product.Sku] = new Shelf(product);

        Replay(inventory.Journal, shelves, findings);
        foreach (Shelf shelf in shelves.Values)
            shelf.CompareWithProduct(findings);
        if (notJudged is null)
            CompareWithOrders(audit.Orders!, shelves, findings);

        numbers["products"] = inventory.Products.Count;
        numbers["movements"] = inventory.Journal.Count;
        numbers["oversoldUnits"] = shelves.Values.Sum(shelf => shelf.MostMissing);
        return $"{Plural.Of(inventory.Journal.Count, "movement")} of {Plural.Of(inventory.Products.Count, "product")} never promised more than there was.";
    }

    private static void Replay(IReadOnlyList<StockMovement> journal, Dictionary<string, Shelf> shelves, Findings findings)
    {
        long previous = long.MinValue;
        foreach (StockMovement movement in journal)
        {
            if (movement.Sequence <= previous)
                findings.Add($"Movement {movement.Sequence} stands in the journal after movement {previous}.", movement.OrderId);

            previous = movement.Sequence;
            if (shelves.TryGetValue(movement.Sku, out Shelf? shelf))
                shelf.Apply(movement, findings);
            else
                findings.Add($"Movement {movement.Sequence} is of product {movement.Sku}, which does not exist.", movement.OrderId);
        }
    }

    private static void CompareWithOrders(OrdersAudit orders, Dictionary<string, Shelf> shelves, Findings findings)
    {
        ILookup<string, AuditedOrder> confirmed = orders.Orders.Where(order => order.Status == OrderWords.Confirmed).ToLookup(order => order.Sku);
        foreach (Shelf shelf in shelves.Values)
        {
            long promised = confirmed[shelf.Sku].Sum(order => (long)order.Quantity);
            if (promised != shelf.Sold)
                findings.Add($"Confirmed orders took {promised} of product {shelf.Sku}, but {shelf.Sold} were taken out of stock.");
            if (shelf.Reserved != 0)
                findings.Add($"{shelf.Reserved} of product {shelf.Sku} are still reserved though every order has ended.");
        }

        foreach (IGrouping<string, AuditedOrder> unknown in confirmed.Where(group => !shelves.ContainsKey(group.Key)))
            findings.Add($"{Plural.Of(unknown.Count(), "order")} of product {unknown.Key} were confirmed, which does not exist.", unknown.First().Id);
    }
}
