using Harness.Target.Messaging;

namespace Harness.Target.Chaos.Bus;

/// <summary>
/// Messages for this service that nobody can read, and in turn such as are for another service and never will be handled. Each must end as
/// a dead letter and hold up nobody else. When it is over, what it put on the bus is taken back.
/// </summary>
public sealed record PoisonMessages : ServiceFault
{
    /// <summary>By which a message that was made here is told, in the service that gets it and by whoever looks at dead letters.</summary>
    public const string Mark = "poison-";

    /// <value>How often one is put on the bus; at least 20 ms.</value>
    public required TimeSpan Every { get; init; }

    /// <summary>Whether a body was made here.</summary>
    public static bool IsOurs(Delivery delivery) => delivery.Message is { } message
        ? message.OrderId.StartsWith(Mark, StringComparison.Ordinal)
        : delivery.Body.StartsWith(Mark, StringComparison.Ordinal);

    public override IEnumerable<string> Problems(ServiceOptions options) => WaitProblems("every", Every, TimeSpan.FromMilliseconds(20));

    internal override IAsyncDisposable Begin(HeldFault held, IServiceProvider services) => new Poisoning(
        held, Every, services.GetRequiredService<IBus>(), services.GetRequiredService<ServiceOptions>().Service, services.GetRequiredService<TimeProvider>());
}
