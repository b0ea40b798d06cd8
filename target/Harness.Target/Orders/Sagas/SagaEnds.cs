using Harness.Target.Observability;

namespace Harness.Target.Orders.Sagas;

/// <summary>Counts how orders end, whatever style brought them there.</summary>
public sealed class SagaEnds(MetricRegistry metrics)
{
    private readonly Counter _confirmed = metrics.Counter("orders_terminal_total", "Orders whose saga ended.", "status=\"CONFIRMED\"");
    private readonly Counter _cancelled = metrics.Counter("orders_terminal_total", "Orders whose saga ended.", "status=\"CANCELLED\"");

    /// <summary>Sagas that were given up because they took too long.</summary>
    public Counter Expired { get; } = metrics.Counter("sagas_expired_total", "Sagas that were given up at their deadline.");

    /// <param name="status"><see cref="OrderBook.Confirmed"/> or <see cref="OrderBook.Cancelled"/>.</param>
    public void Add(string status) => (status == OrderBook.Confirmed ? _confirmed : _cancelled).Add();
}
