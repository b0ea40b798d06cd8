using Harness.Target.Observability;
using Harness.Target.Requests;

namespace Harness.Target.Admission;

/// <summary>
/// Turns new orders away while their sagas could not begin, for <c>--when-cut reject</c>. It is asked after the idempotency key: an order that
/// was accepted before is still answered. One that is accepted in the moment of the cut waits in the database and settles later, as with
/// <c>accept</c>; nothing that was acknowledged is lost either way.
/// </summary>
public sealed class CutGate
{
    private readonly Heartbeat? _next;
    private readonly Counter? _cut;

    /// <param name="next">The heart of whoever acts first on a new order; null lets every order in.</param>
    public CutGate(Heartbeat? next, MetricRegistry metrics)
    {
        _next = next;
        if (next is null)
            return;
        _cut = metrics.Counter("orders_refused_total", "Orders that were turned away unread, to come again.", "reason=\"cut\"");
        metrics.Gauge("orders_cut", "1 while new orders are turned away because their sagas could not begin.", () => next.IsAlive ? 0 : 1);
    }

    /// <summary>Null when a new order may come in.</summary>
    public IResult? Refusal(HttpContext context)
    {
        if (_next?.IsAlive ?? true)
            return null;
        _cut!.Add();
        return Problems.NotNow(context, "The services that settle orders cannot be reached, and new orders are not taken without them.");
    }
}
