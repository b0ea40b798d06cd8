using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Of every cancelled order each step that was done was undone: once, afterwards, and by the same amount; what was not done was
/// not undone; and what was done last was undone first.</summary>
/// <remarks>The order of a release and a refund is that of the clocks of two databases, which one machine shares. It is passed over where a
/// service does not say when it wrote.</remarks>
public sealed class CompensationCompleteCheck : SagaCheck
{
    public override string Name => "compensation-complete";

    public override string Question => "Was every step of every cancelled order undone, once, afterwards, in full and the last first?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = Rest.WhyNot(record, audit);
        if (notJudged is not null)
            return "";

        int cancelled = 0;
        foreach (OrderFacts order in OrderFacts.Join(audit).Where(o => o.Order is not null))
        {
            bool undone = order.Order!.Status == OrderWords.Cancelled;
            cancelled += undone ? 1 : 0;
            Step[] steps = [Money(order), Stock(order)];
            foreach (Step step in steps)
                step.Judge(order.Id, undone, findings);
            LastIsUndoneFirst(order, findings);
        }

        numbers["cancelled"] = cancelled;
        return $"Every step of {Plural.Of(cancelled, "cancelled order")} was undone.";
    }

    private static void LastIsUndoneFirst(OrderFacts order, Findings findings)
    {
        long? released = order.Movements.FirstOrDefault(m => m.Kind == OrderWords.Release)?.AtMicros;
        long? refunded = order.Bookings.FirstOrDefault(b => b.Step == OrderWords.Refund)?.AtMicros;
        if (refunded < released)
        {
            findings.Add(
                $"Order {order.Id} was paid before stock was reserved for it, and refunded {(released.Value - refunded.Value) / 1000.0:0.#} ms before the stock was released.",
                order.Id);
        }
    }

    private static Step Money(OrderFacts order) => new(
        OrderWords.Charge,
        OrderWords.Refund,
        [.. order.Bookings.Where(b => b.Step == OrderWords.Charge).Select(b => (b.Transaction, b.AmountCents))],
        [.. order.Bookings.Where(b => b.Step == OrderWords.Refund).Select(b => (b.Transaction, -b.AmountCents))]);

    private static Step Stock(OrderFacts order) => new(
        OrderWords.Reserve,
        OrderWords.Release,
        [.. order.Movements.Where(m => m.Kind == OrderWords.Reserve).Select(m => (m.Sequence, (long)m.Quantity))],
        [.. order.Movements.Where(m => m.Kind == OrderWords.Release).Select(m => (m.Sequence, (long)m.Quantity))]);

    /// <summary>A step and what undoes it, each time with its place in the ledger and its amount.</summary>
    private sealed record Step(string Does, string Undoes, (long At, long Amount)[] Done, (long At, long Amount)[] Undone)
    {
        public void Judge(string orderId, bool cancelled, Findings findings)
        {
            if (!cancelled && Undone.Length > 0)
                findings.Add($"Order {orderId} is confirmed, but has a {Undoes}.", orderId);
            else if (Undone.Length > Done.Length)
                findings.Add($"Order {orderId} has {Undone.Length} × {Undoes} for {Done.Length} × {Does}.", orderId);
            else if (cancelled && Undone.Length < Done.Length)
                findings.Add($"Order {orderId} is cancelled, but its {Does} has no {Undoes}.", orderId);
            else if (Undone.Sum(u => u.Amount) != Done.Sum(d => d.Amount) && Undone.Length > 0)
                findings.Add($"The {Undoes} of order {orderId} is {Undone.Sum(u => u.Amount)}, its {Does} was {Done.Sum(d => d.Amount)}.", orderId);
            else if (Undone.Length > 0 && Undone.Min(u => u.At) < Done.Min(d => d.At))
                findings.Add($"The {Undoes} of order {orderId} stands before its {Does}.", orderId);
        }
    }
}
