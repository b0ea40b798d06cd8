using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Whether the system was at rest when it was audited.</summary>
/// <remarks>The services are asked one after the other. What two of them say only has to agree when nothing was under way; before that
/// a disagreement is a message in flight and no violation.</remarks>
internal static class Rest
{
    /// <returns>Null when it was; else why not, as a sentence.</returns>
    public static string? WhyNot(RunRecord record, Audit audit)
    {
        if (record.Events.LastOrDefault(e => e.Kind is EventKind.Settled or EventKind.NotSettled)?.Kind != EventKind.Settled)
            return "The system had not come to rest, so what the services hold cannot be compared.";

        if (audit is not { Orders: { } orders, Payments: not null, Inventory: not null })
            return $"{Missing(audit)} could not be asked, so what the services hold cannot be compared.";

        long pending = orders.Orders.Count(order => !OrderWords.IsTerminal(order.Status));
        return pending > 0 ? $"{Plural.Of(pending, "order is", "orders are")} under way, so what the services hold cannot be compared." : null;
    }

    public static string Missing(Audit audit) => string.Join(" and ", new[]
    {
        audit.Orders is null ? "Orders" : null,
        audit.Payments is null ? "Payments" : null,
        audit.Inventory is null ? "Inventory" : null,
    }.OfType<string>());
}
