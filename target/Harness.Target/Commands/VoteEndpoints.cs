using System.Data;
using Harness.Target.Observability;
using Harness.Target.Requests;
using Harness.Target.Storage;
using Npgsql;

namespace Harness.Target.Commands;

/// <summary>A participant of two-phase commits (Gray, 1978): it votes by preparing, and then waits for the coordinator's decision, whatever happens.</summary>
internal sealed class VoteEndpoints(PreparedTransactions transactions)
{
    public const string Prepared = "PREPARED", Refused = "REFUSED", Committed = "COMMITTED", RolledBack = "ROLLED_BACK";

    /// <summary>No vote: a transaction in doubt holds what this one needs. The service is well, so this is no failure; ask again.</summary>
    public const string Blocked = "BLOCKED";

    /// <summary>Puts up <c>/prepares</c>, <c>/commits</c>, <c>/rollbacks</c> and <c>/transactions</c>, which lists those in doubt.</summary>
    /// <param name="read">Reads what is to be prepared; null when the body has problems.</param>
    /// <param name="orderOf">The order that it is for.</param>
    /// <param name="work">Changes the books; false votes against.</param>
    /// <param name="committed">Told an order's id after its commit.</param>
    public void Map<T>(WebApplication app, BodyField[] fields, Func<RequestFields, T?> read, Func<T, string> orderOf, Func<IDbConnection, T, bool> work, Action<string>? committed = null)
        where T : class
    {
        Map(app, "/prepares", "prepare", fields, read, orderOf, command => Vote(orderOf(command), connection => work(connection, command)));
        Map(app, "/commits", "commit", DecisionCommand.Fields, DecisionCommand.Read, command => command.OrderId, command =>
        {
            transactions.Commit(command.OrderId);
            committed?.Invoke(command.OrderId);
            return Committed;
        });
        Map(app, "/rollbacks", "roll back", DecisionCommand.Fields, DecisionCommand.Read, command => command.OrderId, command =>
        {
            transactions.RollBack(command.OrderId);
            return RolledBack;
        });
        app.MapGet("/transactions", () => Results.Json(transactions.InDoubt(), TargetJson.Default.IReadOnlyListString)).Produces<IReadOnlyList<string>>();
    }

    private string Vote(string orderId, Func<IDbConnection, bool> work)
    {
        try
        {
            return transactions.Prepare(orderId, work) ? Prepared : Refused;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return Blocked;
        }
    }

    private static void Map<T>(WebApplication app, string path, string step, BodyField[] fields, Func<RequestFields, T?> read, Func<T, string> orderOf, Func<T, string> work)
        where T : class =>
        app.MapPost(path, async (HttpContext context) =>
        {
            var (command, problems) = await CommandRequest.ReadAsync(context, read, orderOf, step);
            if (command is null)
                return problems!;
            // It may wait for a lock, and threads of the pool are for those who do not.
            var status = await Task.Factory.StartNew(() => work(command), context.RequestAborted, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return Results.Json(new CommandAnswer(status), TargetJson.Default.CommandAnswer);
        }).WithMetadata(new BodyShape(fields), new IdempotencyKeyHeader()).Produces<CommandAnswer>();
}
