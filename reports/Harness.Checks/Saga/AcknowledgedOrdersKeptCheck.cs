using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>What a client was told stays true: an order that was acknowledged exists, an end that was seen is the end, and what was
/// refused did not happen.</summary>
public sealed class AcknowledgedOrdersKeptCheck : SagaCheck
{
    public override string Name => "acknowledged-orders-kept";

    public override string Question => "Does every order that a client was promised exist, with the end that the client saw?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = audit.Orders is null ? "Orders could not be asked." : null;
        if (audit.Orders is not { } orders)
            return "";

        // Twins of a key or an id are the business of effects-exactly-once.
        var ids = orders.Orders.ToLookup(order => order.IdempotencyKey, order => order.Id, StringComparer.Ordinal);
        var byId = new Dictionary<string, AuditedOrder>(StringComparer.Ordinal);
        foreach (AuditedOrder order in orders.Orders)
            byId.TryAdd(order.Id, order);

        Operation[] placed = [.. record.History.Where(o => o.Kind == OrderWords.PlaceOrder)];
        AcknowledgedExist(placed, ids, findings);
        RefusedDoNotExist(placed, ids, findings);
        ReadsStillHold(record, byId, findings);

        long acknowledged = placed.Count(o => o.Outcome == Outcome.Ok);
        numbers["acknowledged"] = acknowledged;
        numbers["refused"] = placed.Count(o => o.Outcome == Outcome.Refused);
        numbers["unknown"] = placed.Count(o => o.Outcome == Outcome.Unknown);
        return $"{Plural.Of(acknowledged, "acknowledged order")} are there, and every end that a client saw is theirs.";
    }

    private static void AcknowledgedExist(Operation[] placed, ILookup<string, string> ids, Findings findings)
    {
        foreach (Operation ok in placed.Where(o => o.Outcome == Outcome.Ok))
        {
            if (!ids.Contains(ok.Key))
                findings.AddShown($"The order with key {ok.Key} was acknowledged as {ok.Value} but does not exist,", ok);
            else if (ok.Value is not null && !ids[ok.Key].Contains(ok.Value))
                findings.AddShown($"The order with key {ok.Key} was acknowledged as {ok.Value} but is {ids[ok.Key].First()},", ok);
        }
    }

    private static void RefusedDoNotExist(Operation[] placed, ILookup<string, string> ids, Findings findings)
    {
        // A key that was refused once and tried again may well exist.
        HashSet<string> mayExist = [.. placed.Where(o => o.Outcome != Outcome.Refused).Select(o => o.Key)];
        foreach (Operation refused in placed.Where(o => o.Outcome == Outcome.Refused && !mayExist.Contains(o.Key)))
        {
            if (ids.Contains(refused.Key))
                findings.AddShown($"The order with key {refused.Key} was refused but exists as {ids[refused.Key].First()},", refused);
        }
    }

    private static void ReadsStillHold(RunRecord record, Dictionary<string, AuditedOrder> byId, Findings findings)
    {
        foreach (Operation read in record.History.Where(o => o is { Kind: OrderWords.ReadOrder, Outcome: Outcome.Ok, Value: not null }))
        {
            if (!byId.TryGetValue(read.Key, out AuditedOrder? order))
                findings.AddShown($"Order {read.Key} was read as {read.Value} but does not exist,", read);
            else if (OrderWords.IsTerminal(read.Value) && order.Status != read.Value)
                findings.AddShown($"Order {read.Key} was read as {read.Value} but is {order.Status},", read);
        }
    }
}
