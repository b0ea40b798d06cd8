using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Payments;

/// <summary>What an auditor asks: customers talk to Orders, and a coordinator to <see cref="PaymentsCommands"/>.</summary>
public static class PaymentsEndpoints
{
    public static void Map(WebApplication app, IStore store, BusInspector bus)
    {
        app.MapGet("/audit", async (CancellationToken cancellationToken) =>
        {
            var counts = await bus.CountAsync(cancellationToken);
            return Results.Json(store.Read(connection => PaymentsAudit.Take(connection, counts)), TargetJson.Default.PaymentsAudit);
        });
        app.MapGet("/audit/rest", async (CancellationToken cancellationToken) =>
            Results.Json(await bus.RestAsync(store, _ => 0, cancellationToken), TargetJson.Default.RestState));
    }
}
