using System.Text.Json;

namespace Harness.Target;

/// <summary>Defects that can be switched on, one at a time, to prove that the checks find them: each is a mistake that people really make.</summary>
public enum Bug
{
    None,

    /// <summary>Orders commits a new order and then tells the bus directly: what the bus does not take in that moment is never told.</summary>
    OutboxSkipped,

    /// <summary>Orders tells the bus of a new order before it is committed: an order that then does not come about is charged all the same.</summary>
    PublishedBeforeCommit,

    /// <summary>Payments forgets which messages it has seen, and acknowledges every tenth too late, so that it comes again.</summary>
    DoubleChargeOnRedelivery,

    /// <summary>The coordinator draws a new idempotency key for each try of a charge, so that a try whose answer was lost is paid for again.</summary>
    ChargeRetriedWithoutKey,

    /// <summary>Payments answers that it has refunded, and has not.</summary>
    RefundForgotten,

    /// <summary>Payments refunds as often as it is asked to: refunds are taken for harmless and go past the inbox.</summary>
    RefundTwice,

    /// <summary>Payments works out a refund in floating point and cuts off what is not a whole cent.</summary>
    CentLostInRefund,

    /// <summary>The coordinator undoes the first step first: it refunds while the stock is still reserved.</summary>
    CompensationOutOfOrder,

    /// <summary>Inventory looks at the stock before the transaction that takes from it, so two buyers can see the same last piece.</summary>
    OversellRace,

    /// <summary>Inventory sells what there is when it is less than what was ordered, and says that it sold the order.</summary>
    PartialOrder,

    /// <summary>The coordinator takes a reservation that was not answered in time for one that was not made, and does not release it.</summary>
    ReservationLeakedOnCancel,

    /// <summary>Orders cancels an order at its deadline by itself, without asking whether it is being sold.</summary>
    DeadlineRacesLateSuccess,

    /// <summary>The coordinator confirms an order when it is paid, before it is known whether there is stock.</summary>
    ConfirmedBeforeStock,

    /// <summary>Orders shows an order as confirmed once it is paid, though its saga may still undo it.</summary>
    DirtyReadShown,

    /// <summary>Orders answers 202 and writes the order a little later, many at once.</summary>
    AcknowledgedBeforeDurable,

    /// <summary>Orders answers a key that it knows with the order it knows, whatever is asked for this time.</summary>
    IdempotencyKeyIgnoresBody,

    /// <summary>Inventory reads a product, changes its price and writes it back whole, over whatever was written meanwhile.</summary>
    LostPriceUpdate,

    /// <summary>What was read from the database is put into the cache without a look at whether a newer version is there by now.</summary>
    CacheFilledAfterInvalidation,

    /// <summary>A cache that writes back keeps the list of what it owes the database in the process alone.</summary>
    WriteBackLostOnCrash,

    /// <summary>A cache that writes through acknowledges when the cache has the price; the database gets it in the background.</summary>
    WriteThroughAcknowledgedEarly,

    /// <summary>The lock on a load does not expire, so one whose release was lost is never free again.</summary>
    LockWithoutExpiry,

    /// <summary>Everybody who misses a product loads it, whoever else is at it already.</summary>
    NoStampedeLock,

    /// <summary>Failed calls are tried again ten times at once: no pause, no jitter, no budget, and inside the breaker, which sees one failure for all.</summary>
    RetryStorm,

    /// <summary>An open breaker waits for a day where seconds were meant.</summary>
    BreakerNeverCloses,
}

/// <summary>The registry of planted bugs by the name that <c>--bug</c> takes.</summary>
public static class Bugs
{
    private static readonly Dictionary<string, Bug> ByName = Enum.GetValues<Bug>().Where(bug => bug != Bug.None)
        .ToDictionary(bug => JsonNamingPolicy.KebabCaseLower.ConvertName(bug.ToString()), StringComparer.Ordinal);

    /// <summary>Every name, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>False when there is no bug of that name.</summary>
    public static bool TryFind(string name, out Bug bug) => ByName.TryGetValue(name, out bug);
}
