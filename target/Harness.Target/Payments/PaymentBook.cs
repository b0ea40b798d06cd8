using System.Data;
using System.Globalization;
using Dapper;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Payments;

/// <summary>Accounts, payments and a ledger by double entry: every booking takes from one account what it gives to another.</summary>
/// <param name="bug">May plant one of those that concern charges and refunds.</param>
public sealed class PaymentBook(Bug bug)
{
    /// <summary>The account that all customers pay to.</summary>
    public const string Merchant = "merchant";

    public const string Captured = "CAPTURED";
    public const string Refunded = "REFUNDED";
    public const string Declined = "DECLINED";

    /// <summary>Tables, and in new books the accounts.</summary>
    public static void Migrate(IDbConnection connection, SqlDialect dialect, int customers, long balanceCents)
    {
        connection.Execute($"""
            CREATE TABLE IF NOT EXISTS accounts (
                id TEXT PRIMARY KEY,
                initial_cents BIGINT NOT NULL CHECK (initial_cents >= 0),
                balance_cents BIGINT NOT NULL CHECK (balance_cents >= 0));
            CREATE TABLE IF NOT EXISTS payments (
                sequence {dialect.Sequence},
                order_id TEXT NOT NULL UNIQUE,
                amount_cents BIGINT NOT NULL CHECK (amount_cents >= 0),
                status TEXT NOT NULL CHECK (status IN ('{Captured}', '{Refunded}', '{Declined}')));
            CREATE TABLE IF NOT EXISTS ledger (
                entry {dialect.Sequence},
                booking BIGINT NOT NULL,
                order_id TEXT NOT NULL,
                step TEXT NOT NULL CHECK (step IN ('charge', 'refund')),
                account TEXT NOT NULL REFERENCES accounts (id),
                amount_cents BIGINT NOT NULL,
                at_micros BIGINT NOT NULL DEFAULT {dialect.NowMicros});
            {Outbox.Schema(dialect)};
            {Inbox.Schema};
            """);
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM accounts") > 0)
            return;
        var accounts = Enumerable.Range(1, customers).Select(number => string.Create(CultureInfo.InvariantCulture, $"customer-{number}"));
        connection.Execute("INSERT INTO accounts VALUES (@id, @balanceCents, @balanceCents)", accounts.Select(id => new { id, balanceCents }));
        connection.Execute("INSERT INTO accounts VALUES (@Merchant, 0, 0)", new { Merchant });
    }

    /// <summary>Takes the amount from the customer, or declines when the account is short or not there.</summary>
    /// <returns>True when it was taken; null when this order was decided before, and nothing was done.</returns>
    public bool? Charge(IDbConnection connection, string orderId, string customer, long amountCents)
    {
        // Whether it was decided before is asked in the same trip to the database: over a proxied edge the trips are what an order costs.
        var twice = bug is Bug.DoubleChargeOnRedelivery or Bug.ChargeRetriedWithoutKey;
        var paid = connection.Execute("""
            UPDATE accounts SET balance_cents = balance_cents - @amountCents WHERE id = @customer AND id <> @Merchant AND balance_cents >= @amountCents
                AND (@twice OR NOT EXISTS (SELECT 1 FROM payments WHERE order_id = @orderId))
            """, new { orderId, customer, amountCents, Merchant, twice }) == 1;
        if (paid)
        {
            Book(connection, orderId, "charge", customer, Merchant, amountCents, $"""
                UPDATE accounts SET balance_cents = balance_cents + @amountCents WHERE id = @to;
                {Deciding(Captured)}
                """);
            return true;
        }

        return connection.Execute(Deciding(Declined), new { orderId, amountCents }) == 1 || twice ? false : null;
    }

    /// <summary>
    /// Gives back what was charged for an order. An order that was not charged yet is declined, so that a charge which comes late finds
    /// the matter decided.
    /// </summary>
    public void Refund(IDbConnection connection, string orderId, string customer, long amountCents)
    {
        var status = Find(connection, orderId);
        if (status is null)
            connection.Execute(Deciding(Declined), new { orderId, amountCents });
        var owed = status == Captured || (status == Refunded && bug == Bug.RefundTwice);
        if (!owed || bug == Bug.RefundForgotten)
            return;
        if (bug == Bug.CentLostInRefund)
            amountCents = (long)(amountCents / 100.0 * 100);
        Book(connection, orderId, "refund", Merchant, customer, amountCents, $"""
            UPDATE accounts SET balance_cents = balance_cents - @amountCents WHERE id = @from;
            UPDATE accounts SET balance_cents = balance_cents + @amountCents WHERE id = @to;
            UPDATE payments SET status = '{Refunded}' WHERE order_id = @orderId
            """);
    }

    /// <summary>How an order's payment stands; null when nothing was decided.</summary>
    public static string? Find(IDbConnection connection, string orderId) =>
        connection.QuerySingleOrDefault<string>("SELECT status FROM payments WHERE order_id = @orderId", new { orderId });

    private static string Deciding(string status) =>
        $"INSERT INTO payments (order_id, amount_cents, status) VALUES (@orderId, @amountCents, '{status}') ON CONFLICT (order_id) DO NOTHING";

    /// <summary>Writes both sides of a booking into the ledger and, in the same trip to the database, what goes with it.</summary>
    private static void Book(IDbConnection connection, string orderId, string step, string from, string to, long amountCents, string changes) =>
        connection.Execute($"""
            {changes};
            INSERT INTO ledger (booking, order_id, step, account, amount_cents)
            SELECT next.booking, @orderId, @step, side.account, side.amount_cents
            FROM (SELECT coalesce(max(booking), 0) + 1 AS booking FROM ledger WHERE entry = (SELECT max(entry) FROM ledger)) next,
                (SELECT @from AS account, -@amountCents AS amount_cents UNION ALL SELECT @to, @amountCents) side
            """, new { orderId, step, from, to, amountCents });
}
