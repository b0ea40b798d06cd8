using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>At rest the three services tell one story of every order.</summary>
public sealed class TerminalAgreementCheck : SagaCheck
{
    public override string Name => "terminal-agreement";

    public override string Question => "Do Orders, Payments and Inventory agree on how every order ended?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = Rest.WhyNot(record, audit);
        if (notJudged is not null)
            return "";

        IReadOnlyCollection<OrderFacts> orders = OrderFacts.Join(audit);
        foreach (OrderFacts order in orders.Where(o => o.Order is not null))
        {
            if (order.Order!.Status == OrderWords.Confirmed)
                IsPaidAndSold(order, findings);
            else
                IsUndone(order, findings);
        }

        numbers["orders"] = orders.Count;
        return $"The services agree on how {Plural.Of(orders.Count, "order")} ended.";
    }

    private static void IsPaidAndSold(OrderFacts order, Findings findings)
    {
        if (order.Payment?.Status != OrderWords.Captured)
            findings.Add($"Order {order.Id} is confirmed, but its payment is {order.Payment?.Status ?? "missing"}.", order.Id);

        int sold = order.Movements.Where(m => m.Kind == OrderWords.Commit && m.Sku == order.Order!.Sku).Sum(m => m.Quantity);
        if (sold != order.Order!.Quantity)
            findings.Add($"Order {order.Id} is confirmed for {order.Order.Quantity} of {order.Order.Sku}, but {sold} were taken out of stock.", order.Id);
    }

    private static void IsUndone(OrderFacts order, Findings findings)
    {
        if (order.Payment is { Status: OrderWords.Captured })
            findings.Add($"Order {order.Id} is cancelled, but its payment is CAPTURED.", order.Id);

        int held = order.MovedQuantity(OrderWords.Reserve) - order.MovedQuantity(OrderWords.Release);
        if (order.Moved(OrderWords.Commit) > 0)
            findings.Add($"Order {order.Id} is cancelled, but was taken out of stock.", order.Id);
        else if (held != 0)
            findings.Add($"Order {order.Id} is cancelled, but {held} of its stock are still reserved.", order.Id);
    }
}
