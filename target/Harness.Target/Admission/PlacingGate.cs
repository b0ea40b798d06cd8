using Harness.Target.Observability;
using Harness.Target.Requests;

namespace Harness.Target.Admission;

/// <summary>Where an order is turned away before anything is spent on it: too many on their way in, or too many that wait.</summary>
public sealed class PlacingGate
{
    private readonly AdmissionOptions _options;
    private readonly Backlog _backlog;
    private readonly Counter _crowded;
    private readonly Counter _behind;
    private int _placing;

    public PlacingGate(AdmissionOptions options, Backlog backlog, MetricRegistry metrics)
    {
        (_options, _backlog) = (options, backlog);
        _crowded = metrics.Counter("orders_refused_total", "Orders that were turned away unread, to come again.", "reason=\"placing\"");
        _behind = metrics.Counter("orders_refused_total", "Orders that were turned away unread, to come again.", "reason=\"backlog\"");
        metrics.Gauge("orders_backlog_limit", "Orders that may wait for their sagas now.", () => backlog.Limit);
        metrics.Gauge("orders_settled_per_second", "Orders whose sagas ended, lately; known while orders come in.", () => backlog.SettledPerSecond);
    }

    /// <summary>Has <paramref name="place"/> done, or refuses.</summary>
    public async Task<IResult> EnterAsync(HttpContext context, Func<HttpContext, Task<IResult>> place)
    {
        _backlog.LookWhenDue();
        if (_backlog.RefusedFor() is { } seconds)
        {
            _behind.Add();
            return Problems.NotNow(context, "More orders wait than can be settled in time.", seconds);
        }

        try
        {
            if (Interlocked.Increment(ref _placing) <= _options.PlacingMax)
                return await place(context);
            _crowded.Add();
            return Problems.NotNow(context, $"{_options.PlacingMax} orders are being placed already.");
        }
        finally
        {
            Interlocked.Decrement(ref _placing);
        }
    }
}
