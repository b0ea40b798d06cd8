using System.Data.Common;
using Harness.Target.Storage;

namespace Harness.Target.Observability;

/// <summary>What waits for the decision of a two-phase commit, and for how long: what blocks, in numbers.</summary>
internal static class DoubtMetrics
{
    /// <exception cref="NotSupportedException">The server does not prepare transactions.</exception>
    public static void Register(MetricRegistry metrics, PreparedTransactions transactions)
    {
        transactions.Require();
        metrics.Gauge("transactions_in_doubt", "Prepared transactions that wait for the coordinator's decision.", () => Known(() => transactions.InDoubt().Count));
        metrics.Gauge("transactions_in_doubt_seconds", "How long the oldest of them has been holding its locks.", () => Known(transactions.OldestSeconds));
    }

    private static double Known(Func<double> read)
    {
        try
        {
            return read();
        }
        catch (DbException)
        {
            return double.NaN; // The rest of the metrics can be had without the database.
        }
    }
}
