namespace Harness.Target.Messaging;

/// <summary>
/// Carries messages between services, at least once and in no promised order. What is received stays with the bus until it is
/// acknowledged; what a consumer held when it died is delivered to another.
/// </summary>
public interface IBus
{
    /// <summary>Hands messages over. When it throws, some or all may have been taken: send them again.</summary>
    Task PublishAsync(IReadOnlyList<Message> messages, CancellationToken cancellationToken);

    /// <summary>Joins the consumers of a service. Does not touch the network, so it works while the bus is away.</summary>
    IBusConsumer Join(ServiceName service);

    /// <summary>What waits for a service or is held by any of its consumers, and what was given up on.</summary>
    Task<BusCounts> CountAsync(ServiceName service, CancellationToken cancellationToken);

    /// <summary>What was given up on, as it stands on the bus, oldest first.</summary>
    /// <param name="max">How many at most.</param>
    Task<IReadOnlyList<string>> DeadLettersAsync(ServiceName service, int max, CancellationToken cancellationToken);

    /// <summary>Puts what was given up on back, oldest first, each in one step on the server; it has all its tries again.</summary>
    /// <returns>How many; what dies again meanwhile is not among them.</returns>
    Task<int> ReplayAsync(ServiceName service, CancellationToken cancellationToken);

    /// <summary>Puts a body before a service as it stands, whether it is a message or not.</summary>
    Task PutAsync(ServiceName service, string body, CancellationToken cancellationToken);

    /// <summary>Throws one dead letter away for good.</summary>
    /// <returns>False when there is none with that body.</returns>
    Task<bool> ForgetDeadLetterAsync(ServiceName service, string body, CancellationToken cancellationToken);
}

/// <summary>One consumer; used by one loop that is done with a batch, one way or the other, before it asks for the next.</summary>
public interface IBusConsumer
{
    /// <summary>Waits for messages; never an empty list.</summary>
    Task<IReadOnlyList<Delivery>> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Lets go of messages whose effects are committed.</summary>
    Task AcknowledgeAsync(IReadOnlyList<Delivery> deliveries, CancellationToken cancellationToken);

    /// <summary>Says that a message cannot be handled now, through no fault of its own: it comes again later, and that costs it no try.</summary>
    void Postpone(Delivery delivery);

    /// <summary>Says that a message could not be handled: it comes again later, each time after a longer pause, or becomes a dead letter after its last try.</summary>
    /// <returns>True when it is a dead letter now.</returns>
    Task<bool> RejectAsync(Delivery delivery, CancellationToken cancellationToken);
}

/// <summary>A message as it came.</summary>
/// <param name="Body">As it stands on the bus.</param>
/// <param name="Message">Null when the body cannot be read.</param>
/// <param name="Redelivered">True when this consumer or a dead one has held it before.</param>
public sealed record Delivery(string Body, Message? Message, bool Redelivered)
{
    /// <summary>What the bus knows it by.</summary>
    public string Handle { get; init; } = Body;
}

/// <summary>How much a bus holds for a service.</summary>
public readonly record struct BusCounts(long Undelivered, long DeadLetters);
