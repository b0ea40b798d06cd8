using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Whatever was delivered or sent twice took effect once, and nothing that was promised took none.</summary>
public sealed class EffectsExactlyOnceCheck : SagaCheck
{
    private const double CommandsPerUnit = 10_000;

    public override string Name => "effects-exactly-once";

    public override string Question => "Did every step of every order take effect exactly once, however often it was asked for?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = Rest.WhyNot(record, audit);
        IReadOnlyCollection<OrderFacts> orders = OrderFacts.Join(audit);
        long commands = orders.Sum(order => (long)order.Bookings.Count + order.Movements.Count);
        foreach (OrderFacts order in orders)
            NothingTwice(order, findings);
        OneOrderAKeyAndOnePaymentAnOrder(audit, findings);
        OneAnswerAKey(record, findings);

        numbers["effects"] = commands;
        numbers["duplicates"] = findings.Count;
        numbers["duplicatesPer10000Effects"] = commands == 0 ? 0 : findings.Count * CommandsPerUnit / commands;
        if (notJudged is null)
            NothingLostOrOrphaned(orders, findings, numbers);
        return $"{Plural.Of(commands, "effect")} of {Plural.Of(orders.Count, "order")} happened once each.";
    }

    private static void NothingTwice(OrderFacts order, Findings findings)
    {
        AtMostOnce(order.Booked(OrderWords.Charge), "charged");
        AtMostOnce(order.Booked(OrderWords.Refund), "refunded");
        AtMostOnce(order.Moved(OrderWords.Reserve), "reserved stock for");
        AtMostOnce(order.Moved(OrderWords.Release), "released");
        AtMostOnce(order.Moved(OrderWords.Commit), "taken out of stock");
        if (order.Moved(OrderWords.Release) > 0 && order.Moved(OrderWords.Commit) > 0)
            findings.Add($"The reservation of order {order.Id} was both released and taken out of stock.", order.Id);

        void AtMostOnce(int times, string what)
        {
            if (times > 1)
                findings.Add($"Order {order.Id} was {what} {times} times.", order.Id);
        }
    }

    private static void OneOrderAKeyAndOnePaymentAnOrder(Audit audit, Findings findings)
    {
        IEnumerable<AuditedOrder> orders = audit.Orders?.Orders ?? [];
        foreach (IGrouping<string, AuditedOrder> key in orders.GroupBy(order => order.IdempotencyKey).Where(group => group.Count() > 1))
            findings.Add($"Key {key.Key} made {key.Count()} orders: {string.Join(", ", key.Take(3).Select(order => order.Id))}.", key.First().Id);

        foreach (IGrouping<string, AuditedPayment> order in (audit.Payments?.Payments ?? []).GroupBy(p => p.OrderId).Where(group => group.Count() > 1))
            findings.Add($"Order {order.Key} has {order.Count()} payments.", order.Key);

        foreach (IGrouping<string, AuditedOrder> id in orders.GroupBy(order => order.Id).Where(group => group.Count() > 1))
            findings.Add($"Order {id.Key} exists {id.Count()} times.", id.Key);
    }

    private static void OneAnswerAKey(RunRecord record, Findings findings)
    {
        var answers = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (Operation placed in record.History.Where(o => o is { Kind: OrderWords.PlaceOrder, Outcome: Outcome.Ok, Value: not null }))
        {
            if (!answers.TryAdd(placed.Key, placed) && answers[placed.Key].Value != placed.Value)
            {
                Operation first = answers[placed.Key];
                findings.AddShown($"Key {placed.Key} was answered with order {first.Value}, and again with order {placed.Value},", first, placed);
            }
        }
    }

    private static void NothingLostOrOrphaned(IReadOnlyCollection<OrderFacts> orders, Findings findings, Dictionary<string, double> numbers)
    {
        long before = findings.Count;
        foreach (OrderFacts order in orders)
        {
            if (order.Order is null)
                findings.Add($"{Effects(order)} happened for order {order.Id}, which does not exist.", order.Id);
            else if (order.Order.Status == OrderWords.Confirmed && order.Booked(OrderWords.Charge) == 0)
                findings.Add($"Order {order.Id} is confirmed but was never charged.", order.Id);
            else if (order.Order.Status == OrderWords.Confirmed && order.Moved(OrderWords.Commit) == 0)
                findings.Add($"Order {order.Id} is confirmed but was never taken out of stock.", order.Id);
        }

        numbers["lostOrOrphaned"] = findings.Count - before;
    }

    private static string Effects(OrderFacts order) =>
        string.Join(", ", order.Bookings.Select(b => b.Step).Concat(order.Movements.Select(m => m.Kind)).DefaultIfEmpty("A payment"));
}
