using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Observability;

/// <summary>The endpoints that every service has.</summary>
public static class CommonEndpoints
{
    public static void Map(WebApplication app)
    {
        var store = app.Services.GetRequiredService<IStore>();
        var redis = app.Services.GetRequiredService<RedisLink>();
        var metrics = app.Services.GetRequiredService<MetricRegistry>();
        var bus = app.Services.GetRequiredService<BusInspector>();
        app.MapGet("/health/live", () => Results.Json(new Health("live", null), TargetJson.Default.Health));
        app.MapGet("/health/ready", () => Ready(store, redis));
        var undelivered = double.NaN;
        metrics.Gauge("outbox_unpublished", "Outbox rows not yet on the bus.", () => store.Read(Outbox.Count));
        metrics.Gauge("bus_undelivered", "Messages waiting for or held by this service.", () => Volatile.Read(ref undelivered));
        ProcessMetrics.Register(metrics);
        app.MapGet("/metrics", async (HttpContext context) =>
        {
            var counts = await bus.CountAsync(context.RequestAborted);
            Volatile.Write(ref undelivered, counts.Undelivered < 0 ? double.NaN : counts.Undelivered);
            return Results.Text(metrics.Expose(), "text/plain; version=0.0.4");
        });
    }

    /// <summary>A service is ready with its store alone: what needs Redis degrades or waits, and does so by design.</summary>
    private static IResult Ready(IStore store, RedisLink redis)
    {
        var link = redis.IsConnected ? "connected" : "away";
        try
        {
            store.Read(Outbox.Count);
            return Results.Json(new Health("ready", new Parts("open", link)), TargetJson.Default.Health);
        }
        catch (System.Data.Common.DbException e)
        {
            return Results.Json(new Health("unready", new Parts(e.Message, link)), TargetJson.Default.Health, statusCode: 503);
        }
    }
}

/// <summary>The answer of the health endpoints.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>unready</c>.</param>
/// <param name="Parts">Null where no part was asked.</param>
public sealed record Health(string Status, Parts? Parts);

/// <summary>How each part is: <c>open</c> or the store's problem; <c>connected</c> or <c>away</c>.</summary>
public sealed record Parts(string Store, string Redis);
