namespace Harness.Target.Messaging;

/// <summary>
/// What a service does when a message comes: the part of a saga style that lives in this service. The books themselves (charge, refund,
/// take stock, settle an order) know no style, so that a coordinator can use them as well.
/// </summary>
public interface IMessageHandler
{
    /// <summary>Completes when the effect is committed. Must bear the same message twice, late, and before an earlier one.</summary>
    /// <exception cref="Exception">Not handled; the message comes again.</exception>
    Task HandleAsync(Message message, CancellationToken cancellationToken);
}

/// <summary>A message that is for another service; no try will make it right, so it ends as a dead letter.</summary>
public sealed class UnexpectedMessageException(Message message) : Exception($"{message.Type} is not for this service.");
