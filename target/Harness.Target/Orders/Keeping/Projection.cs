using System.Data;

namespace Harness.Target.Orders.Keeping;

/// <summary>The table <c>orders</c> as a projection of the events.</summary>
public static class Projection
{
    /// <summary>Writes one order as its events make it.</summary>
    public static void Write(IDbConnection connection, Order order)
    {
        if (!OrderBook.TryOverwrite(connection, order))
            OrderBook.TryInsert(connection, order);
    }

    /// <summary>What is wrong with it.</summary>
    public static ProjectionReport Compare(IDbConnection connection) => Compare(connection, OrderEvents.ReplayAll(connection), mend: false);

    /// <summary>Replays every event and puts right what differs.</summary>
    /// <param name="connection">In a transaction, alone among writers.</param>
    /// <exception cref="InvalidOperationException">There are orders and no events: they were written down without, and nothing could be made anew.</exception>
    public static ProjectionReport Rebuild(IDbConnection connection)
    {
        if (OrderEvents.IsEmpty(connection) && OrderBook.Everything(connection).Count > 0)
            throw new InvalidOperationException("There are orders but no events: they were kept with --storage state. Start Orders once with --storage events, which makes events of them.");
        return Compare(connection, OrderEvents.ReplayAll(connection), mend: true);
    }

    /// <summary>Makes events of what was written down without: of orders from before they were kept as events, and of what came of orders since they were not.</summary>
    public static void AdoptState(IDbConnection connection)
    {
        var (known, _) = OrderEvents.ReplayAll(connection);
        foreach (var row in OrderBook.Everything(connection))
        {
            var placed = row with { Status = OrderBook.Pending, Version = 1 };
            if (!known.TryGetValue(row.Id, out var order))
                OrderEvents.TryAppend(connection, OrderEvent.OfPlacing(placed), row.IdempotencyKey);
            order ??= placed;
            if (row.Status != OrderBook.Pending && order.Status == OrderBook.Pending)
                OrderEvents.TryAppend(connection, OrderEvent.OfSettling(order, row.Status));
        }
    }

    private static ProjectionReport Compare(IDbConnection connection, (IReadOnlyDictionary<string, Order> Orders, long Events) replayed, bool mend)
    {
        var rows = OrderBook.Everything(connection).ToDictionary(order => order.Id, StringComparer.Ordinal);
        var report = new ProjectionReport(replayed.Orders.Count, replayed.Events, 0, 0, 0);
        // First those that nothing happened to: they may hold keys that others need.
        foreach (var extra in rows.Keys.Where(id => !replayed.Orders.ContainsKey(id)))
        {
            report = report with { Extra = report.Extra + 1 };
            if (mend)
                OrderBook.Remove(connection, extra);
        }

        foreach (var order in replayed.Orders.Values)
        {
            if (rows.GetValueOrDefault(order.Id) is not { } row)
                report = report with { Missing = report.Missing + 1 };
            else if (row != order)
                report = report with { Different = report.Different + 1 };
            else
                continue;
            if (mend)
                Write(connection, order);
        }

        return report;
    }
}

/// <summary>What replaying all events found in the projection.</summary>
/// <param name="Orders">That the events make.</param>
/// <param name="Events">That were replayed.</param>
/// <param name="Missing">Orders that it had not.</param>
/// <param name="Different">Orders that it had otherwise.</param>
/// <param name="Extra">Orders that it had and nothing happened to.</param>
public sealed record ProjectionReport(long Orders, long Events, long Missing, long Different, long Extra)
{
    /// <summary>Whether events and projection agreed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Agrees => Missing + Different + Extra == 0;
}
