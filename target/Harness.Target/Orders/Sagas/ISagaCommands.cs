namespace Harness.Target.Orders.Sagas;

/// <summary>What a coordinator tells the other services to do.</summary>
public interface ISagaCommands
{
    /// <summary>Does what the saga's step asks for. Comes again with the same key after an error or a crash.</summary>
    /// <returns>False when it was refused for good: the payment was declined, or the stock was short.</returns>
    /// <exception cref="Exception">It is not known whether it took effect.</exception>
    Task<bool> DoAsync(Saga saga, CancellationToken cancellationToken);

    /// <summary>Completes when whoever has the first step answers.</summary>
    Task ReachAsync(CancellationToken cancellationToken);
}
