using Harness.Records;
using static Harness.Checks.Tests.Saga.Doctoring;

namespace Harness.Checks.Tests.Saga;

/// <summary>What can go wrong with money. In the right record order 0 is confirmed, order 3 declined, order 7 refunded for want of stock,
/// order 11 refunded after its stock was released.</summary>
internal static class LedgerDoctorings
{
    public static IReadOnlyList<Doctoring> All { get; } =
    [
        new("one side of a booking is a cent short", "money-conserved", "Transaction 1 (charge of order order-0) adds up to -0.01",
            r => Change(r.Ledger, e => e.Account == "merchant", e => e with { AmountCents = e.AmountCents - 1 })),
        new("one side of a booking is gone", "money-conserved", "Transaction 1", r => Drop(r.Ledger, e => e.Account == "merchant")),
        new("a whole transaction is gone", "money-conserved", "Account merchant holds", r => r.Ledger.RemoveAll(e => e.Transaction == 1)),
        new("a balance is a cent too high", "money-conserved", "Account customer-2 holds",
            r => Change(r.Accounts, a => a.Id == "customer-2", a => a with { BalanceCents = a.BalanceCents + 1 })),
        new("an account is gone", "money-conserved", "account customer-1, which does not exist", r => Drop(r.Accounts, a => a.Id == "customer-1")),
        new("a charge is booked from another account than the balance says", "money-conserved", "Account customer-",
            r => Change(r.Ledger, e => e.Account == "customer-0", e => e with { Account = "customer-1" })),
        new("a charge is booked twice and the balances agree", "money-conserved", "The payment of order order-0 is CAPTURED", r => ChargeAgain(r, "order-0")),
        new("a refund was forgotten but the payment says refunded", "money-conserved", "The payment of order order-7 is REFUNDED", r => ForgetRefund(r, "order-7")),
        new("a declined payment was charged", "money-conserved", "The payment of order order-3 is DECLINED", r => ChargeAgain(r, "order-3")),
        new("a confirmed order was charged too little", "money-conserved", "Order order-0 is CONFIRMED, so the merchant should have 3.50",
            r => Change(r.Book, o => o.Id == "order-0", o => o with { AmountCents = 350 })),
        new("a cancelled order kept its money", "money-conserved", "Order order-0 is CANCELLED", r => SetStatus(r, "order-0", "CANCELLED")),
        new("money was taken for an order that does not exist", "money-conserved", "is unknown to Orders", r => Drop(r.Book, o => o.Id == "order-0")),

        new("a charge is booked twice", "effects-exactly-once", "Order order-0 was charged 2 times", r => ChargeAgain(r, "order-0")),
        new("a refund is booked twice", "effects-exactly-once", "Order order-7 was refunded 2 times", r => BookAgain(r, "order-7", "refund")),
        new("a confirmed order was never charged", "effects-exactly-once", "Order order-0 is confirmed but was never charged",
            r => r.Ledger.RemoveAll(e => e.OrderId == "order-0")),
        new("an order has two payments", "effects-exactly-once", "Order order-0 has 2 payments",
            r => r.Payments.Add(r.Payments[0])),

        new("a refund was forgotten", "compensation-complete", "Order order-7 is cancelled, but its charge has no refund", r => ForgetRefund(r, "order-7")),
        new("a refund is of another amount", "compensation-complete", "The refund of order order-7 is 499, its charge was 500", r =>
        {
            for (int i = 0; i < r.Ledger.Count; i++)
            {
                if (r.Ledger[i] is { OrderId: "order-7", Step: "refund" } entry)
                    r.Ledger[i] = entry with { AmountCents = entry.AmountCents - Math.Sign(entry.AmountCents) };
            }
        }),
        new("something was refunded that was never charged", "compensation-complete", "Order order-3 has 1 × refund for 0 × charge", r => BookAgain(r, "order-3", "refund")),
        new("a confirmed order was refunded", "compensation-complete", "Order order-0 is confirmed, but has a refund", r => BookAgain(r, "order-0", "refund")),
        new("a refund stands before its charge", "compensation-complete", "The refund of order order-7 stands before its charge", r =>
        {
            for (int i = 0; i < r.Ledger.Count; i++)
            {
                if (r.Ledger[i] is { OrderId: "order-7" } entry)
                    r.Ledger[i] = entry with { Transaction = entry.Step == "refund" ? entry.Transaction - 1000 : entry.Transaction };
            }
        }),

        new("a confirmed order's payment was refunded", "terminal-agreement", "Order order-0 is confirmed, but its payment is REFUNDED",
            r => Change(r.Payments, p => p.OrderId == "order-0", p => p with { Status = "REFUNDED" })),
        new("a confirmed order has no payment", "terminal-agreement", "its payment is missing", r => Drop(r.Payments, p => p.OrderId == "order-0")),
        new("a cancelled order's payment was kept", "terminal-agreement", "Order order-7 is cancelled, but its payment is CAPTURED",
            r => Change(r.Payments, p => p.OrderId == "order-7", p => p with { Status = "CAPTURED" })),
    ];

    private static void ChargeAgain(TestRecord record, string orderId) => BookAgain(record, orderId, "charge");

    // Balances follow, as they would in a service that really did it twice.
    private static void BookAgain(TestRecord record, string orderId, string step)
    {
        long cents = step == "charge" ? OrdersOfTheRun.Price : -OrdersOfTheRun.Price;
        long transaction = record.Ledger.Max(e => e.Transaction) + 1;
        foreach ((string account, long amount) in new[] { ("customer-0", -cents), ("merchant", cents) })
        {
            record.Ledger.Add(new LedgerEntry(transaction, orderId, step, account, amount));
            Change(record.Accounts, a => a.Id == account, a => a with { BalanceCents = a.BalanceCents + amount });
        }
    }

    private static void ForgetRefund(TestRecord record, string orderId)
    {
        foreach (LedgerEntry entry in record.Ledger.Where(e => e.OrderId == orderId && e.Step == "refund").ToList())
        {
            record.Ledger.Remove(entry);
            Change(record.Accounts, a => a.Id == entry.Account, a => a with { BalanceCents = a.BalanceCents - entry.AmountCents });
        }
    }
}
