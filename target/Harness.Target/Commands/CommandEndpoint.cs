using System.Data;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Requests;
using Harness.Target.Storage;

namespace Harness.Target.Commands;

/// <summary>Takes the commands of a coordinator. The effect of a command and its key are one commit, so that it happens once however often it comes.</summary>
/// <param name="forgetful">True plants the defect of keys that are not looked at, and of every tenth answer being lost.</param>
internal sealed class CommandEndpoint(IStore store, bool forgetful = false)
{
    private long _first;

    /// <summary>Puts a command up.</summary>
    /// <param name="step">The end of its key.</param>
    /// <param name="fields">Its body.</param>
    /// <param name="read">Null when the body has problems.</param>
    /// <param name="orderOf">The saga that a command is for.</param>
    /// <param name="prepare">Done before the transaction; its result is handed to <paramref name="effect"/>.</param>
    /// <param name="effect">Changes the books.</param>
    /// <param name="status">How matters stand, read in the same transaction.</param>
    /// <param name="done">Told after the commit.</param>
    public void Map<T, TPrepared>(
        WebApplication app, string path, string step, BodyField[] fields, Func<RequestFields, T?> read, Func<T, string> orderOf,
        Func<T, CancellationToken, Task<TPrepared>> prepare, Action<IDbConnection, T, TPrepared> effect, Func<IDbConnection, T, string> status, Action<T>? done = null)
        where T : class =>
        app.MapPost(path, async (HttpContext context) =>
        {
            var (command, problems) = await CommandRequest.ReadAsync(context, read, orderOf, step);
            if (command is null)
                return problems!;
            var prepared = await prepare(command, context.RequestAborted);
            var isFirst = false;
            var after = await store.WriteAsync(connection =>
            {
                isFirst = Inbox.TryRecord(connection, CommandKey.Of(orderOf(command), step));
                if (isFirst || forgetful)
                    effect(connection, command, prepared);
                return status(connection, command);
            }, context.RequestAborted);
            done?.Invoke(command);
            return forgetful && isFirst && Interlocked.Increment(ref _first) % 10 == 0
                ? Problems.NotNow(context, "The answer is lost.")
                : Results.Json(new CommandAnswer(after), TargetJson.Default.CommandAnswer);
        }).WithMetadata(new BodyShape(fields), new IdempotencyKeyHeader()).Produces<CommandAnswer>();
}
