using Harness.Records;

namespace Harness.Checks.Transactions;

/// <summary>Adds to a graph that what was over comes before what began later: strict serializability.</summary>
/// <remarks>Only the nearest are linked: of what was over, those that nothing else lies behind. The rest follows from them, so there are
/// about as many edges as transactions times clients.</remarks>
internal static class RealTimeOrder
{
    /// <summary>False for histories that have answers only: nobody knows when those were asked.</summary>
    public static bool IsKnown(Transaction[] transactions) =>
        Array.TrueForAll(transactions, t => !t.Committed || t.Source.Invoked < t.Source.Completed);

    public static void Add(DependencyGraph graph, Transaction[] transactions)
    {
        var behind = new Dictionary<int, HashSet<int>>();
        var latest = new HashSet<int>();
        foreach ((_, Transaction transaction, bool begins) in Moments(transactions))
        {
            if (begins)
            {
                foreach (int before in latest)
                    graph.Add(before, transaction.Id, Dependency.RealTime, "");
                behind[transaction.Id] = [.. latest];
            }
            else
            {
                latest.ExceptWith(behind[transaction.Id]);
                behind.Remove(transaction.Id);
                latest.Add(transaction.Id);
            }
        }
    }

    // At one moment what begins comes first: touching is no order.
    private static IEnumerable<(TimeSpan At, Transaction Transaction, bool Begins)> Moments(Transaction[] transactions) => transactions
        .Where(t => t.Source.Outcome != Outcome.Refused)
        .SelectMany(t => t.Committed
            ? new[] { (At: t.Source.Invoked, Transaction: t, Begins: true), (At: t.Source.Completed!.Value, Transaction: t, Begins: false) }
            : [(At: t.Source.Invoked, Transaction: t, Begins: true)])
        .OrderBy(moment => moment.At).ThenBy(moment => !moment.Begins);
}
