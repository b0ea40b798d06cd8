using System.Data;
using Dapper;
using Harness.Target.Messaging;

namespace Harness.Target.Payments;

/// <summary>What Payments shows to an auditor, from one snapshot.</summary>
public sealed record PaymentsAudit(
    IReadOnlyList<AuditedAccount> Accounts, IReadOnlyList<AuditedPayment> Payments, IReadOnlyList<LedgerEntry> Ledger, BusAudit Bus)
{
    /// <param name="connection">A snapshot.</param>
    /// <param name="counts">What the bus holds.</param>
    public static PaymentsAudit Take(IDbConnection connection, BusCounts counts) => new(
        connection.Query<AuditedAccount>("SELECT id, initial_cents, balance_cents FROM accounts ORDER BY length(id), id").AsList(),
        connection.Query<AuditedPayment>("SELECT order_id, amount_cents, status FROM payments ORDER BY sequence").AsList(),
        connection.Query<LedgerEntry>("SELECT booking AS \"transaction\", order_id, step, account, amount_cents, at_micros FROM ledger ORDER BY entry").AsList(),
        new BusAudit(Outbox.Count(connection), counts.Undelivered, counts.DeadLetters));
}

/// <summary>An account; the balance is the initial amount plus its ledger entries.</summary>
public sealed record AuditedAccount(string Id, long InitialCents, long BalanceCents);

/// <summary>How an order's payment stands: <c>CAPTURED</c>, <c>REFUNDED</c> or <c>DECLINED</c>.</summary>
public sealed record AuditedPayment(string OrderId, long AmountCents, string Status);

/// <summary>One side of a double entry; the entries of one transaction add up to zero.</summary>
/// <param name="AtMicros">When it was written, by the database's clock, in microseconds since 1970.</param>
public sealed record LedgerEntry(long Transaction, string OrderId, string Step, string Account, long AmountCents, long AtMicros);
