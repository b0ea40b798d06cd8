using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>No cent appears or disappears: within Payments always, across the services once all is at rest.</summary>
public sealed class MoneyConservedCheck : SagaCheck
{
    public override string Name => "money-conserved";

    public override string Question => "Is every cent that left a customer with the merchant, or back with the customer?";

    private protected override string Examine(
        RunRecord record, Audit audit, Findings findings, Dictionary<string, double> numbers, out string? notJudged)
    {
        notJudged = audit.Payments is null ? "Payments could not be asked." : Rest.WhyNot(record, audit);
        if (audit.Payments is not { } payments)
            return "";

        long initial = payments.Accounts.Sum(account => account.InitialCents);
        long drift = payments.Accounts.Sum(account => account.BalanceCents) - initial;
        numbers["accounts"] = payments.Accounts.Count;
        numbers["driftCents"] = drift;

        int transactions = TransactionsAddUpToZero(payments, findings);
        BalancesAreInitialPlusEntries(payments, findings);
        IReadOnlyCollection<OrderFacts> orders = OrderFacts.Join(audit);
        PaymentsAreWhatWasBooked(orders, findings);
        if (notJudged is null)
            ConfirmedOrdersArePaid(orders, findings);

        numbers["transactions"] = transactions;
        return $"{Plural.Of(transactions, "transaction")} add up to zero and {Plural.Of(payments.Accounts.Count, "balance")} to their entries.";
    }

    private static int TransactionsAddUpToZero(PaymentsAudit payments, Findings findings)
    {
        var sums = new Dictionary<long, (long Cents, LedgerEntry Entry)>();
        foreach (LedgerEntry entry in payments.Ledger)
            sums[entry.Transaction] = (sums.GetValueOrDefault(entry.Transaction).Cents + entry.AmountCents, entry);

        foreach ((long transaction, (long cents, LedgerEntry entry)) in sums)
        {
            if (cents != 0)
                findings.Add($"Transaction {transaction} ({entry.Step} of order {entry.OrderId}) adds up to {Money.Of(cents)}, not to zero.", entry.OrderId);
        }

        return sums.Count;
    }

    private static void BalancesAreInitialPlusEntries(PaymentsAudit payments, Findings findings)
    {
        var booked = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (LedgerEntry entry in payments.Ledger)
            booked[entry.Account] = booked.GetValueOrDefault(entry.Account) + entry.AmountCents;

        foreach (AuditedAccount account in payments.Accounts)
        {
            booked.Remove(account.Id, out long cents);
            long expected = account.InitialCents + cents;
            if (account.BalanceCents != expected)
                findings.Add($"Account {account.Id} holds {Money.Of(account.BalanceCents)}, but its entries make {Money.Of(expected)}.");
        }

        foreach ((string account, long cents) in booked)
            findings.Add($"{Money.Of(cents)} are booked on account {account}, which does not exist.");
    }

    private static void PaymentsAreWhatWasBooked(IReadOnlyCollection<OrderFacts> orders, Findings findings)
    {
        foreach (OrderFacts order in orders)
        {
            long expected = order.Payment is { Status: OrderWords.Captured } captured ? captured.AmountCents : 0;
            if (order.NetCents != expected)
            {
                findings.Add(
                    $"The payment of order {order.Id} is {order.Payment?.Status ?? "unknown"}, so the merchant should have {Money.Of(expected)} for it, "
                        + $"but has {Money.Of(order.NetCents)}.", order.Id);
            }
        }
    }

    private static void ConfirmedOrdersArePaid(IReadOnlyCollection<OrderFacts> orders, Findings findings)
    {
        foreach (OrderFacts order in orders)
        {
            long expected = order.Order is { Status: OrderWords.Confirmed } confirmed ? confirmed.AmountCents : 0;
            if (order.NetCents != expected)
            {
                findings.Add(
                    $"Order {order.Id} is {order.Order?.Status ?? "unknown to Orders"}, so the merchant should have {Money.Of(expected)} for it, "
                        + $"but has {Money.Of(order.NetCents)}.", order.Id);
            }
        }
    }
}
