namespace Harness.Chaos.Hunting;

/// <summary>Every planted bug.</summary>
public static class PlantedBugs
{
    /// <summary>In the order in which they are hunted: those that share an experiment stand together.</summary>
    public static IReadOnlyList<PlantedBug> All { get; } =
    [
        new("refund-forgotten", "Payments answers that it has refunded, and has not.", "short-stock", "compensation-complete"),
        new("refund-twice", "Refunds are taken for harmless and go past the inbox, so a message that comes again pays again.", "short-stock", "effects-exactly-once"),
        new("cent-lost-in-refund", "A refund is worked out in floating point, and what is not a whole cent is cut off.", "short-stock", "compensation-complete"),
        new("double-charge-on-redelivery", "Payments has an inbox that remembers nothing.", "short-stock", "effects-exactly-once"),
        new("oversell-race", "The stock is looked at before the transaction that takes from it.", "short-stock", "no-oversell"),
        new("partial-order", "What there is is sold when it is less than what was ordered, and the order confirmed.", "short-stock", "terminal-agreement"),
        new("outbox-skipped", "A new order is committed and then told to the bus directly, past the outbox.", "bus-away", "settled"),
        new("acknowledged-before-durable", "Orders answers 202 and writes the order a little later.", "orders-crash", "acknowledged-orders-kept"),
        new("published-before-commit", "The bus hears of a new order before it is committed, and of one that never is.", "resubmitted", "effects-exactly-once"),
        new("idempotency-key-ignores-body", "A key that is known is answered with its order, whatever is asked for this time.", "resubmitted", "idempotency-keys-bind"),
        new("deadline-races-late-success", "Orders cancels at the deadline by itself, while the order is being sold.", "late-payments", "terminal-agreement"),
        new("charge-retried-without-key", "Each try of a charge has a new idempotency key.", "lost-answers", "effects-exactly-once"),
        new("confirmed-before-stock", "The coordinator confirms a paid order before it knows whether there is stock.", "lost-answers", "terminal-agreement"),
        new("dirty-read-shown", "A paid order is shown as confirmed, though its saga may still undo it.", "lost-answers", "acknowledged-orders-kept"),
        new("reservation-leaked-on-cancel", "A reservation that was not answered in time is taken for one that was not made.", "late-reservations", "compensation-complete"),
        new("compensation-out-of-order", "The coordinator undoes the first step first.", "late-reservations", "compensation-complete"),
        new("lost-price-update", "A price is read, changed and written back, over whatever was written meanwhile.", "price-changes", "no-lost-updates"),
        new("cache-filled-after-invalidation", "A load stores what it read without a look at whether a newer version is there by now.", "price-changes", "cache-fill-race"),
        new("write-through-acknowledged-early", "A price is acknowledged when the cache has it; the database gets it in the background.", "write-through-crash", "cache-writes-kept"),
        new("write-back-lost-on-crash", "What a cache owes its database is listed in the process alone.", "write-back-crash", "cache-writes-kept"),
        new("no-stampede-lock", "Everybody who misses a product loads it, whoever else is at it already.", "expiry-storm", "cache-loads"),
        new("lock-without-expiry", "The lock on a load does not expire, so one whose release was lost is never free again.", "lost-releases", "cache-used-again"),
        new("retry-storm", "Failed calls are tried again at once, ten times, without jitter or budget.", "sick-inventory", "retries-bounded"),
        new("breaker-never-closes", "An open breaker waits for a day where seconds were meant.", "sick-inventory", "breakers-close"),
    ];

    /// <summary>Null when there is none of that name.</summary>
    public static PlantedBug? Find(string name) => All.FirstOrDefault(bug => bug.Name == name);
}
