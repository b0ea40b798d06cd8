using System.Data;
using Harness.Target.Storage;

namespace Harness.Target.Messaging;

/// <summary>
/// Makes "at least once" into effects that happen once: what a message does, the note that it was done and the messages that follow from it
/// are one commit. What the bus then delivers again finds the note.
/// </summary>
/// <param name="forgetful">True plants the defect of an inbox that remembers nothing.</param>
public sealed class Journaled(IStore store, OutboxPublisher publisher, bool forgetful = false)
{
    /// <summary>Applies a message once.</summary>
    /// <param name="effect">Changes the books and returns what to tell the others; null for nothing.</param>
    /// <returns>False when the message had been applied before.</returns>
    public async Task<bool> ApplyAsync(Message message, Func<IDbConnection, Message?> effect, CancellationToken cancellationToken)
    {
        var applied = await store.WriteAsync(connection => Apply(connection, message, effect), cancellationToken);
        publisher.Wake();
        return applied;
    }

    private bool Apply(IDbConnection connection, Message message, Func<IDbConnection, Message?> effect)
    {
        if (!Inbox.TryRecord(connection, message) && !forgetful)
            return false;
        if (effect(connection) is { } following)
            Outbox.Add(connection, following);
        return true;
    }
}
