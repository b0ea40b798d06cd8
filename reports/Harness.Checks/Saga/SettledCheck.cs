using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Nothing is left half-way: every order has ended, no message waits, none was given up.</summary>
public sealed class SettledCheck : SagaCheck
{
    public override string Name => "settled";

    public override string Question => "Did every order end, and every message arrive, once the faults were healed?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        EventKind? said = record.Events.LastOrDefault(e => e.Kind is EventKind.Settled or EventKind.NotSettled)?.Kind;
        string missing = Rest.Missing(audit);
        notJudged = said is null ? "The run ended before the system was given time to settle."
            : missing.Length > 0 ? $"{missing} could not be asked." : null;
        if (said is null)
            return "";

        int orders = audit.Orders?.Orders.Count ?? 0;
        int pending = OrdersHaveEnded(audit.Orders, findings);
        BusIsEmpty("Orders", audit.Orders?.Bus, findings);
        BusIsEmpty("Payments", audit.Payments?.Bus, findings);
        BusIsEmpty("Inventory", audit.Inventory?.Bus, findings);
        if (said == EventKind.NotSettled && findings.Count == 0)
            findings.Add("The system had not come to rest when the settle phase ended, though the audit shows nothing under way any more.");

        numbers["orders"] = orders;
        numbers["pending"] = pending;
        return $"All {Plural.Of(orders, "order")} have ended and no message waits.";
    }

    private static int OrdersHaveEnded(OrdersAudit? orders, Findings findings)
    {
        int pending = 0;
        foreach (AuditedOrder order in orders?.Orders ?? [])
        {
            if (OrderWords.IsTerminal(order.Status))
                continue;

            pending++;
            findings.Add($"Order {order.Id} is still {order.Status}.", order.Id);
        }

        return pending;
    }

    private static void BusIsEmpty(string service, BusAudit? bus, Findings findings)
    {
        if (bus is null)
            return;

        if (bus.Unpublished > 0)
            findings.Add($"{service} holds {Plural.Of(bus.Unpublished, "message")} that it never published.");
        if (bus.Undelivered > 0)
            findings.Add($"{Plural.Of(bus.Undelivered, "message")} for {service} were not delivered or not finished.");
        if (bus.DeadLetters > 0)
            findings.Add($"{service} gave up on {Plural.Of(bus.DeadLetters, "message")}.");
    }
}
