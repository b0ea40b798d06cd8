using Harness.Target.Chaos;
using Harness.Target.Observability;
using Harness.Target.Requests;

namespace Harness.Target.Admission;

/// <summary>Keeps the number of open requests bounded. What looks after the service itself always gets in.</summary>
internal static class RequestLimit
{
    public static void Use(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<LiveSettings>();
        var metrics = app.Services.GetRequiredService<MetricRegistry>();
        var refused = metrics.Counter("requests_refused_total", "Requests that were turned away because too many were open.");
        var open = 0;
        metrics.Gauge("requests_open", "Requests that are being answered.", () => Volatile.Read(ref open));
        app.Use(async (context, next) =>
        {
            try
            {
                if (Interlocked.Increment(ref open) <= settings.RequestsMax || IsCare(context.Request.Path))
                {
                    await next(context);
                    return;
                }

                refused.Add();
                await Problems.NotNow(context, $"{settings.RequestsMax} requests are open already.").ExecuteAsync(context);
            }
            finally
            {
                Interlocked.Decrement(ref open);
            }
        });
    }

    /// <summary>Whether a path is one by which a service is looked after, and that nothing else is to keep from being answered.</summary>
    public static bool IsCare(PathString path) =>
        path.StartsWithSegments("/health") || path.StartsWithSegments("/metrics") || path.StartsWithSegments("/audit") || path.StartsWithSegments(ChaosEndpoint.Path);
}
